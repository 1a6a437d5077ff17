# What cargo-c installs is the same, and passes the same.
rm -rf "$work/cargo_c" "$work/moved_c"
cargo cinstall --package optout-capi --release --locked --prefix="$work/cargo_c" --libdir=lib \
    --target-dir "$work/cargo_c_target" 2>"$work/cargo_c.log" || { tail -20 "$work/cargo_c.log"; exit 1; }
mv "$work/cargo_c" "$work/moved_c"
diff <(cd "$prefix" && find . | sort) <(cd "$work/moved_c" && find . | sort)
prefix="$work/moved_c"
. xtask/steps/c/exports.sh
. xtask/steps/c/suites_shared.sh
. xtask/steps/c/examples.sh

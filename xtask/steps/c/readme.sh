# The commands of both READMEs, from a clone of what is committed to a running program.
home="$work/home"
rm -rf "$home"
mkdir -p "$home"
sed -n '/^```sh c$/,/^```$/{/^```/d;p}' capi/README.md >"$work/readme.sh"
sed -n '/^```sh c$/,/^```$/{/^```/d;p}' README.md | diff "$work/readme.sh" -
cat "$work/readme.sh"
# Commands, not lines.
[ "$(sed 's/&&\|;/\n/g' "$work/readme.sh" | wc -l)" -le 5 ]
(cd "$home" && REPOSITORY="$OLDPWD" CARGO_TARGET_DIR="$(realpath "$target")" \
    CARGO_HOME="${CARGO_HOME:-$HOME/.cargo}" RUSTUP_HOME="${RUSTUP_HOME:-$HOME/.rustup}" HOME="$home" \
    bash -euo pipefail "$work/readme.sh") 2>"$work/readme.log" | diff tests/c/epr.txt -

# The committed header is what the pinned cbindgen writes.
cbindgen --quiet --config cbindgen.toml --crate optout-capi --output include/optout.h --verify

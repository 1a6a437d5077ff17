# What is installed is small.
strip -o "$work/stripped.so" "$prefix/lib/liboptout.so"
size="$(stat -c %s "$work/stripped.so")"
echo "shared library, stripped: $size bytes; glibc" \
    "$(objdump -T "$work/stripped.so" | grep -o 'GLIBC_[0-9.]*' | sort -Vu | tail -1)"
[ "$size" -lt 800000 ]

# What is exported is what the header declares, and no symbol of a dependency besides.
diff <(declared) <(exported "$prefix/lib/liboptout.so")
readelf -d "$prefix/lib/liboptout.so" | grep 'soname: \[liboptout.so.1\]'
# A static library cannot hide what is in it; its names outside C's reach are mangled or underscored.
diff <(declared) <(nm -g --defined-only "$prefix/lib/liboptout.a" 2>/dev/null |
    awk 'NF == 3 && $2 ~ /[TDRB]/ { print $3 }' | grep -v '^_\|^rust_eh_personality$' | sort -u)
echo "$(declared | wc -l) functions"

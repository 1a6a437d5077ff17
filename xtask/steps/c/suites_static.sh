for suite in "${suites[@]}"; do
    compile_suite clang "$suite" "$work/static_$suite" "$prefix/lib/liboptout.a" "${native[@]}"
    last_line "$work/static_$suite"
done

for suite in "${suites[@]}" memory; do
    mapfile -t libraries < <(shared)
    compile_suite gcc "$suite" "$work/shared_$suite" "${libraries[@]}"
    last_line "$work/shared_$suite"
done

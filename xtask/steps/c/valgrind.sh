# Without the threads, of which it runs one at a time: what they race for is looked for by the step tsan.
for suite in "${suites[@]}"; do
    [ "$suite" != threads ] || continue
    valgrind --quiet --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=all \
        "$work/shared_$suite" >"$work/valgrind.log" 2>&1 || { tail -40 "$work/valgrind.log"; exit 1; }
done
echo "no error, no leak"

# Each function runs on as much stack as the header says, with a fifth of it to spare.
large_register
stated >"$work/stack.inc"
compile_calls stack
"$work/stack" "$work/large.register"
# It can fail: with half of what is stated.
sed -i 's/)$/ \/ 2)/' "$work/stack.inc"
compile_calls stack
# In a shell of its own, whose word of the signal goes to the log.
if ("$work/stack" "$work/large.register"; exit) >"$work/half.log" 2>&1; then
    echo "half of the stack went unnoticed"
    exit 1
fi

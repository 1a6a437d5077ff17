sanitized asan "-Zsanitizer=address" address,undefined "${suites[@]}"

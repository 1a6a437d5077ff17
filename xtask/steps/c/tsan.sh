sanitized tsan "-Zsanitizer=thread -Cunsafe-allow-abi-mismatch=sanitizer" thread register threads

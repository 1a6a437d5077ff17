# The version of the package, which CI compares with Cargo.toml; the binary interface has its own, in
# the name of the shared library. A later version of the same major number will do.
set(PACKAGE_VERSION "0.1.0")
string(REGEX MATCH "^[0-9]+" _optout_major "${PACKAGE_VERSION}")
set(PACKAGE_VERSION_COMPATIBLE TRUE)
if(DEFINED PACKAGE_FIND_VERSION AND NOT PACKAGE_FIND_VERSION STREQUAL "")
    if(PACKAGE_FIND_VERSION VERSION_GREATER PACKAGE_VERSION
            OR NOT PACKAGE_FIND_VERSION_MAJOR EQUAL _optout_major)
        set(PACKAGE_VERSION_COMPATIBLE FALSE)
    elseif(PACKAGE_FIND_VERSION VERSION_EQUAL PACKAGE_VERSION)
        set(PACKAGE_VERSION_EXACT TRUE)
    endif()
endif()
unset(_optout_major)

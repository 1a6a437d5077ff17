# find_package(optout CONFIG) gives optout::optout, the shared library, and optout::static.
# It finds them from where it stands itself, so the installed tree can be moved.
get_filename_component(_optout_prefix "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)

find_library(OPTOUT_SHARED_LIBRARY
    NAMES "${CMAKE_SHARED_LIBRARY_PREFIX}optout${CMAKE_SHARED_LIBRARY_SUFFIX}"
    PATHS "${_optout_prefix}" PATH_SUFFIXES "lib/${CMAKE_LIBRARY_ARCHITECTURE}" lib lib64
    NO_DEFAULT_PATH)
find_library(OPTOUT_STATIC_LIBRARY
    NAMES "${CMAKE_STATIC_LIBRARY_PREFIX}optout${CMAKE_STATIC_LIBRARY_SUFFIX}"
    PATHS "${_optout_prefix}" PATH_SUFFIXES "lib/${CMAKE_LIBRARY_ARCHITECTURE}" lib lib64
    NO_DEFAULT_PATH)
mark_as_advanced(OPTOUT_SHARED_LIBRARY OPTOUT_STATIC_LIBRARY)

if(OPTOUT_SHARED_LIBRARY AND NOT TARGET optout::optout)
    add_library(optout::optout SHARED IMPORTED)
    set_target_properties(optout::optout PROPERTIES
        IMPORTED_LOCATION "${OPTOUT_SHARED_LIBRARY}"
        INTERFACE_INCLUDE_DIRECTORIES "${_optout_prefix}/include")
endif()

if(OPTOUT_STATIC_LIBRARY AND NOT TARGET optout::static)
    add_library(optout::static STATIC IMPORTED)
    set_target_properties(optout::static PROPERTIES
        IMPORTED_LOCATION "${OPTOUT_STATIC_LIBRARY}"
        INTERFACE_INCLUDE_DIRECTORIES "${_optout_prefix}/include"
        INTERFACE_LINK_LIBRARIES "gcc_s;util;rt;pthread;m;dl;c")
endif()

if(TARGET optout::optout OR TARGET optout::static)
    set(optout_FOUND TRUE)
else()
    set(optout_FOUND FALSE)
    set(optout_NOT_FOUND_MESSAGE "no library in ${_optout_prefix}/lib")
endif()
unset(_optout_prefix)

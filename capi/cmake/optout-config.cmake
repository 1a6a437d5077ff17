# find_package(optout CONFIG) gives optout::optout, the shared library, and optout::static.
# It finds them from where it stands itself, each time anew, so the installed tree can be moved.
get_filename_component(_optout_prefix "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)

set(_optout_shared)
set(_optout_static)
foreach(_optout_lib IN ITEMS "lib/${CMAKE_LIBRARY_ARCHITECTURE}" lib lib64)
    set(_optout_lib "${_optout_prefix}/${_optout_lib}")
    set(_optout_file "${_optout_lib}/${CMAKE_SHARED_LIBRARY_PREFIX}optout${CMAKE_SHARED_LIBRARY_SUFFIX}")
    if(NOT _optout_shared AND EXISTS "${_optout_file}")
        set(_optout_shared "${_optout_file}")
    endif()
    set(_optout_file "${_optout_lib}/${CMAKE_STATIC_LIBRARY_PREFIX}optout${CMAKE_STATIC_LIBRARY_SUFFIX}")
    if(NOT _optout_static AND EXISTS "${_optout_file}")
        set(_optout_static "${_optout_file}")
    endif()
endforeach()

if(_optout_shared AND NOT TARGET optout::optout)
    add_library(optout::optout SHARED IMPORTED)
    set_target_properties(optout::optout PROPERTIES
        IMPORTED_LOCATION "${_optout_shared}"
        INTERFACE_INCLUDE_DIRECTORIES "${_optout_prefix}/include")
endif()

if(_optout_static AND NOT TARGET optout::static)
    add_library(optout::static STATIC IMPORTED)
    set_target_properties(optout::static PROPERTIES
        IMPORTED_LOCATION "${_optout_static}"
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
unset(_optout_shared)
unset(_optout_static)
unset(_optout_file)
unset(_optout_lib)

# parlour_add_plugin(NAME source... [HWCAPS])
#
# Makes the shared object NAME.so of one game or engine. Only the entry is exported: a version script hides the rest,
# and -fno-gnu-unique keeps inline statics from being shared between plugins. In Parlour's own tree it lands in
# <build>/plugins.
#
# HWCAPS builds it a second time for x86-64-v3 processors (popcnt, bmi2, avx2), as x86-64-v3/NAME.so beside the first;
# the host takes that one where the processor can run it, as the dynamic loader does with glibc-hwcaps.
include_guard(GLOBAL)
set(PARLOUR_PLUGIN_EXPORTS ${CMAKE_CURRENT_LIST_DIR}/plugin.exports)

function(parlour_plugin_target target name directory)
    add_library(${target} MODULE ${ARGN})
    target_link_libraries(${target} PRIVATE Parlour::api)
    set_target_properties(${target} PROPERTIES PREFIX "" SUFFIX ".so" OUTPUT_NAME ${name}
        C_VISIBILITY_PRESET hidden CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON
        LINK_DEPENDS ${PARLOUR_PLUGIN_EXPORTS})
    if(directory)
        set_target_properties(${target} PROPERTIES LIBRARY_OUTPUT_DIRECTORY ${directory})
    endif()
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        target_compile_options(${target} PRIVATE $<$<COMPILE_LANGUAGE:CXX>:-fno-gnu-unique>)
    endif()
    target_link_options(${target} PRIVATE -Wl,--version-script=${PARLOUR_PLUGIN_EXPORTS})
    if(NOT PARLOUR_SANITIZE)
        target_link_options(${target} PRIVATE -Wl,--no-undefined)
    endif()
endfunction()

function(parlour_add_plugin name)
    cmake_parse_arguments(arg "HWCAPS" "" "" ${ARGN})
    parlour_plugin_target(${name} ${name} "${PARLOUR_PLUGIN_OUTPUT}" ${arg_UNPARSED_ARGUMENTS})
    if(arg_HWCAPS AND CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64" AND PARLOUR_PLUGIN_OUTPUT
       AND NOT PARLOUR_SANITIZE)
        parlour_plugin_target(${name}.x86-64-v3 ${name} ${PARLOUR_PLUGIN_OUTPUT}/x86-64-v3 ${arg_UNPARSED_ARGUMENTS})
        target_compile_options(${name}.x86-64-v3 PRIVATE -march=x86-64-v3)
    endif()
endfunction()

/* A stand-in for the header of InterSystems' callout interface, to compile and test optout_zf.c where
 * IRIS is not installed. Real callout libraries are compiled against <install-dir>/dev/iris-callin/include
 * instead of this folder.
 *
 * It is written from the facts in their public manual "Using the $ZF Callout Interface", chapter
 * "Creating an InterSystems Callout Library" (https://docs.intersystems.com, key BGCL_library):
 *
 * - a library defines ZF_DLL, includes the header, and lists its functions between ZFBEGIN and ZFEND,
 *   each as ZFENTRY(name, linkage, function);
 * - the macros then define GetZFTable, which IRIS calls when it loads the library;
 * - $ZF(-5) and $ZF(-6) call by the place in that list, counted from 1;
 * - a letter of the linkage is one parameter: `i` an int, `c` a text that ends in a NUL, `b` a counted
 *   string (ZARRAYP); in upper case an output, which is the value of $ZF: `P` int *, `C`, `B`;
 * - a counted string is an unsigned short length, then the bytes; for one that comes out IRIS reserves
 *   at least ZFString bytes, 32,767 by default;
 * - several outputs come out parted by commas, so that a string is best the only one;
 * - a function returns ZF_SUCCESS or ZF_FAILURE; with the latter $ZF raises <FUNCTION>.
 *
 * How their macros and their table look inside is theirs: what stands below is only this stand-in's. */
#ifndef STUB_IRIS_CDZF_H
#define STUB_IRIS_CDZF_H

#define ZF_SUCCESS 0
#define ZF_FAILURE 1

typedef struct zarray {
    unsigned short len;
    unsigned char data[1];
} *ZARRAYP;

typedef void (*stub_function)(void);

struct stub_entry {
    const char *name;
    const char *linkage;
    stub_function function;
};

#ifdef ZF_DLL
const struct stub_entry *GetZFTable(void);
#define ZFBEGIN static const struct stub_entry stub_table[] = {
#define ZFENTRY(name, linkage, function) { name, linkage, (stub_function)function },
#define ZFEND { 0, 0, 0 } }; const struct stub_entry *GetZFTable(void) { return stub_table; }
#endif

#endif

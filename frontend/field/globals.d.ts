/** The release that this app was built from. */
declare const __VERSION__: string;
/** What the service worker keeps; drawn up by build.ts. */
declare const __SHELL__: { url: string; revision: string | null }[];

/** True in a build on recorded answers (`vite build --mode mock`). */
declare const __MOCK__: boolean;

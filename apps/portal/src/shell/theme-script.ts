/** Where the choice of theme is kept, and the event that tells of a new one. */
export const THEME_KEY = 'patchbay-theme';

/** Runs before the first paint, from the head of every page. */
export const THEME_SCRIPT = `(function(){var d=document.documentElement,m=matchMedia('(prefers-color-scheme: dark)');function s(){var t=null;try{t=localStorage.getItem('${THEME_KEY}')}catch(e){}d.dataset.theme=t==='dark'||t==='light'?t:m.matches?'dark':'light'}s();m.addEventListener('change',s);addEventListener('${THEME_KEY}',s);addEventListener('storage',s)})()`;

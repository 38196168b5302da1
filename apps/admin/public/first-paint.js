// Runs before the first paint, so that neither the theme nor the language changes under the reader's eyes.
try {
  var look = JSON.parse(localStorage.getItem('sala.look') || '{}');
  if (look.theme === 'light' || look.theme === 'dark') document.documentElement.dataset.theme = look.theme;
  if (/^(en|th|ja)$/.test(look.locale)) document.documentElement.lang = look.locale;
} catch {
  // No storage, or something else wrote there: the system's theme and the browser's language do.
}

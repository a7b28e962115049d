// Runs before the first paint, so that a chosen theme never flashes in the other one. Kept out of the bundle because
// a module would run too late, and out of the page because the content security policy allows no inline script.
(() => {
  try {
    const chosen = localStorage.getItem("gatehouse.theme");
    if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
  } catch {
    // Storage may be refused; the system's theme applies then.
  }
})();

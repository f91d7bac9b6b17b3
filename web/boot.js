// A classic script in the head: it runs before the first paint, so that a chosen theme does not flash,
// and begins loading the app at once. Everything else is the app's.
(() => {
  try {
    const theme = localStorage.getItem("spilno.theme");
    if (theme) document.documentElement.dataset.theme = theme;
  } catch {
    // Storage is forbidden: the system's theme it is.
  }

  // A part of the app that fails to load would end the app with it. Instead the load stays open, the page stays
  // usable, and the app offers to load anew (it listens for this event).
  const guardParts = () => {
    const instantiate = WebAssembly.instantiateStreaming;
    WebAssembly.instantiateStreaming = async (source, imports) => {
      try {
        return await instantiate(source, imports);
      } catch (error) {
        console.error(error);
        window.dispatchEvent(new Event("spilno:part-missing"));
        return new Promise(() => {});
      }
    };
  };

  const parsed = new Promise((resolve) => {
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", resolve, { once: true });
    else resolve();
  });

  Promise.all([import("./app.js"), parsed])
    .then(([app]) => app.default())
    .then(guardParts)
    .catch((error) => {
      console.error(error);
      parsed.then(() => { document.getElementById("boot-failed").hidden = false; });
    });
})();

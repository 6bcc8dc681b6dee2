// The goal of a figure, above its sliders: a box that is ticked while the goal is met, and
// its words. What changes is said once, when it has lasted; in Jupyter and on a page.
const BOXES = '☐☑', LASTS = 500;  // ms: a drag may tick and untick it
const SAID = new WeakMap();  // by figure: it may have two views, and nobody wants an echo

function keepGoal(model, ahead) {
  const { words, said } = model.get('goal'), line = document.createElement('div');
  line.className = 'course-goal';
  line.innerHTML = '<span></span><span role="status"></span>';
  const [seen, heard] = line.children, figure = ahead ?? model;  // each view has its model
  let met, timer;

  function say() {
    if (SAID.get(figure) === met || !line.isConnected) return;
    SAID.set(figure, met);
    heard.textContent = said[Number(met)];
  }
  function show() {
    const now = ahead?.shown?.met ?? model.get('met');
    if (now === met) return;
    met = now;
    if (!SAID.has(figure)) SAID.set(figure, met);  // how a figure opens is no news
    line.classList.toggle('met', met);
    seen.textContent = `${BOXES[Number(met)]} ${words}`;
    clearTimeout(timer);
    timer = setTimeout(say, LASTS);
  }
  show();
  model.on('change:met', show);
  return { line, show };
}

function renderWithGoal({ model, el, ahead }) {
  const clean = renderWithControls({ model, el, ahead });
  if (!model.get('goal')) return clean;
  const { line, show } = keepGoal(model, ahead);
  const placed = new ResizeObserver(() => {  // once it is in the page
    if (!line.parentNode) el.closest('.course-figure')?.prepend(line);
  });
  placed.observe(el);
  ahead?.views.add(show);
  return () => {
    placed.disconnect();
    ahead?.views.delete(show);
    model.off('change:met', show);
    line.remove();
    clean();
  };
}

// The page: its switches, its keys.

function switching(event) {
  const place = presenting() ? location.hash : `#${seen().id}`;
  event.currentTarget.href = event.currentTarget.href.split(/[?#]/)[0] +
    (presenting() ? '?slides' : '') + place;
}

// What moves sideways inside its own box can be reached with the keyboard; a paragraph has
// such a box only where what stands in it is wider, by more than the line over a root stands
// out. All are measured before any changes.
function reachable(part) {
  const boxes = [...part.querySelectorAll('pre, .wide, .formula, .long, p, li')];
  const wide = new Set(boxes.filter(box => box.scrollWidth > box.clientWidth + 3));
  for (const box of boxes) {
    if (wide.has(box)) box.tabIndex = 0; else box.removeAttribute('tabindex');
  }
}

addEventListener('resize', () => {
  reachable(document);
  if (presenting()) present();
});
addEventListener('toggle', event => reachable(event.target), true);
addEventListener('keydown', pressed);
addEventListener('copy', copyFormulas);

if (deck) {
  document.querySelector('.present').hidden = false;
  document.querySelector('.present').addEventListener('click', () => {
    address(location.pathname + location.search);
    start();
  });
  deck.querySelector('.back').addEventListener('click', () => go(-1));
  deck.querySelector('.forth').addEventListener('click', () => go(1));
  deck.querySelector('.read').addEventListener('click', leave);
  deck.querySelector('.full').addEventListener('click', () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen();
  });
  document.querySelector('.language').addEventListener('click', switching);
  if (new URLSearchParams(location.search).has('slides')) document.fonts.ready.then(start);
}
document.fonts.ready.then(closeRoots).then(() => reachable(document));
foldCode();
openFigures();
openExercises();

// Paper: code is open, what answers is closed unless the address asks for it with
// ?solutions, and of slides all are printed, one on a sheet.

const asked = new URLSearchParams(location.search);
let toClose = [];

addEventListener('beforeprint', () => {
  const which = asked.has('solutions') ? 'details' : 'details.fold';
  toClose = [...document.querySelectorAll(`${which}:not([open])`)];
  toClose.forEach(fold => { fold.open = true; });
  if (presenting()) layOut();
});

addEventListener('afterprint', () => {
  toClose.forEach(fold => { fold.open = false; });
  if (presenting()) present();
});

// Each slide with letters of its own size, then all of them at once.
function layOut() {
  for (const slide of slides) {
    show(slide.flat());
    fit();
    const size = document.documentElement.style.getPropertyValue('--slide');
    slide.flat().forEach(cell => cell.style.setProperty('zoom', `var(--zoom, ${size})`));
    slide[0][0].classList.add('sheet');
  }
  document.documentElement.style.setProperty('--slide', 1);
  show(slides.flat(2));
}

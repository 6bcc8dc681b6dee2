// Formulas: what a browser's own setting of them leaves to be done.

// A browser may make a root as wide as its largest sign would be, and leave a gap behind
// it. The room that it takes is the room of what stands in it; the innermost come first.
function closeRoots() {
  for (const root of [...document.querySelectorAll('msqrt')].reverse()) {
    const inside = root.lastElementChild, style = getComputedStyle(root);
    const end = inside.getBoundingClientRect().right + parseFloat(getComputedStyle(inside).marginRight);
    const gap = root.getBoundingClientRect().right - end;
    root.style.marginRight = `${-gap / parseFloat(style.fontSize)}em`;
  }
}

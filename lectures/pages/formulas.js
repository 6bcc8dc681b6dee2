// Formulas: what a browser's own setting and copying of them leaves to be done.

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

// A fraction copied as it is seen is two numbers on two lines: text with formulas in it is
// copied as it is written, in TeX. A selection that begins inside a formula has all of it.
function copyFormulas(event) {
  const selection = getSelection();
  if (selection.rangeCount !== 1 || document.activeElement.matches('input')) return;
  const range = selection.getRangeAt(0).cloneRange();
  const first = beginning(range.startContainer);
  if (first) range.setStartBefore(first);
  const copied = document.createElement('div');
  copied.append(range.cloneContents());
  const formulas = copied.querySelectorAll('math');
  if (selection.isCollapsed || !formulas.length) return;
  for (const math of formulas) math.replaceWith(math.dataset.tex ?? '');
  document.querySelector('main').append(copied);  // or its paragraphs would be one line
  event.clipboardData.setData('text/plain', copied.innerText);
  copied.remove();
  event.preventDefault();
}

// The first piece of the formula that a node is in: it has the source.
function beginning(node) {
  const math = (node.closest ? node : node.parentElement).closest('math');
  const all = [...document.querySelectorAll('math')];
  return all.slice(0, all.indexOf(math) + 1).findLast(piece => piece.dataset.tex);
}

// A finger that swipes across a slide goes on or back, unless it holds what moves itself.

const SWIPE = 50;  // px across, and more than twice as far as up or down
const HELD = 'input, select, button, summary, .course-ring';
let begun = null;

function scrolls(node) {
  const box = node.closest('pre, .wide, .formula, .long');
  return Boolean(box) && box.scrollWidth > box.clientWidth;
}

function laid({ target, touches }) {
  const zoomed = visualViewport.scale > 1;  // it moves the page then
  const own = touches.length > 1 || zoomed || target.closest(HELD) || scrolls(target);
  begun = presenting() && !own ? [touches[0].clientX, touches[0].clientY] : null;
}

function lifted({ changedTouches: [{ clientX, clientY }] }) {
  if (!begun) return;
  const across = clientX - begun[0], down = clientY - begun[1];
  begun = null;
  if (Math.abs(across) > Math.max(SWIPE, 2 * Math.abs(down))) go(across < 0 ? 1 : -1);
}

addEventListener('touchstart', laid, { passive: true });
addEventListener('touchend', lifted);
addEventListener('touchcancel', () => { begun = null; });

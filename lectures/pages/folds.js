// What is folded: code where a screen is narrow. A wide one has it open, without a fold.

const narrow = matchMedia('(max-width: 599.98px)');

function foldCode() {
  document.querySelectorAll('.fold').forEach(fold => { fold.open = !narrow.matches; });
}

narrow.addEventListener('change', foldCode);

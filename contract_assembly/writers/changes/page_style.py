"""The style sheet of the page of changes: phone and desktop, light and dark, screen and paper. Data."""

STYLE = """
:root{--ink:#1b1f24;--quiet:#57606a;--paper:#fff;--panel:#f6f8fa;--line:#d0d7de;--ins:#0b5a26;--ins-bg:#d9f5e0;
  --del:#97131d;--del-bg:#fde4e4}
@media (prefers-color-scheme:dark){
:root{--ink:#e6edf3;--quiet:#a3adb8;--paper:#0d1117;--panel:#161b22;--line:#30363d;--ins:#8ce5a5;--ins-bg:#10341d;
  --del:#ffb3ad;--del-bg:#47161a}
}
*{box-sizing:border-box}
body{margin:0 auto;max-width:76rem;padding:1rem;
  font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;color:var(--ink);background:var(--paper);
  overflow-wrap:anywhere}
h1{font-size:1.5rem;line-height:1.25;margin:.2rem 0}
h1 small{display:block;font-size:.8rem;font-weight:600;color:var(--quiet);text-transform:uppercase;
  letter-spacing:.06em}
h2{font-size:1.2rem;margin:2rem 0 .5rem}
h3{font-size:1rem;margin:1.8rem 0 .5rem;color:var(--quiet)}
h4{font-size:1rem;margin:0 0 .5rem}
header p{margin:.2rem 0;color:var(--quiet)}
header b{color:var(--ink)}
article{border:1px solid var(--line);border-left:.3rem solid var(--quiet);border-radius:.4rem;padding:.8rem 1rem;
  margin:.7rem 0;background:var(--panel)}
article.added{border-left-color:var(--ins)}
article.removed{border-left-color:var(--del)}
article p{margin:.4rem 0;max-width:75ch}
.fate{font-size:.75rem;font-weight:600;color:var(--quiet);border:1px solid var(--line);border-radius:1rem;
  padding:.1rem .6rem;margin-left:.3rem;white-space:nowrap;background:var(--paper)}
.label{font-variant-numeric:tabular-nums;color:var(--quiet)}
.in{margin:1.2rem 0 .3rem;color:var(--quiet)}
li .in{margin:0 0 .5rem}
.item{padding-left:1.5rem}
.gap,.side{color:var(--quiet);font-size:.85rem}
.side{font-weight:600;margin-top:0}
ins{color:var(--ins);background:var(--ins-bg);text-decoration:underline;text-underline-offset:.15em}
del{color:var(--del);background:var(--del-bg);text-decoration:line-through}
ins,del{position:relative;border-radius:.2rem;padding:0 .1rem;-webkit-box-decoration-break:clone;
  box-decoration-break:clone}
table{border-collapse:collapse;width:100%;font-size:.92rem}
th,td{text-align:left;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid var(--line)}
thead th{color:var(--quiet);font-size:.8rem}
.facts td{font-variant-numeric:tabular-nums}
.scroll{overflow-x:auto;position:relative}
.scroll td,.scroll th{min-width:7rem;background:var(--paper)}
.view{border:0;padding:0;margin:.5rem 0;display:flex;gap:1rem;align-items:center;flex-wrap:wrap}
.view legend{float:left;padding:0;margin-right:1rem;color:var(--quiet)}
.view label{display:inline-flex;gap:.4rem;align-items:center;min-height:2.75rem}
.view input{width:1.2rem;height:1.2rem;accent-color:var(--ins)}
details{margin:1.5rem 0}
summary{cursor:pointer;min-height:2.75rem;padding:.6rem 0}
.sides{display:none;grid-template-columns:minmax(0,1fr);gap:1rem}
body:has(#sides:checked) .inline{display:none}
body:has(#sides:checked) .sides{display:grid}
.vh{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
:focus-visible{outline:3px solid #4493f8;outline-offset:2px}
@media (min-width:48rem){
.sides{grid-template-columns:minmax(0,1fr) minmax(0,1fr)}
}
@media (max-width:47.99rem){
.facts thead{display:none}
.facts,.facts tbody,.facts tr,.facts th,.facts td{display:block;border:0;padding:.05rem 0}
.facts tr{border-bottom:1px solid var(--line);padding:.5rem 0}
.facts td::before{content:attr(data-head) ": ";color:var(--quiet)}
.facts td:empty{display:none}
}
@media print{
:root{--ink:#000;--quiet:#444;--paper:#fff;--panel:#fff;--line:#999;--ins:#0b5a26;--ins-bg:#fff;--del:#97131d;
  --del-bg:#fff}
body{max-width:none;padding:0;font-size:10pt}
.view,details{display:none}
article{break-inside:avoid-page}
h2,h3,h4{break-after:avoid}
}
"""

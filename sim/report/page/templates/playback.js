/* Plays the night: draws the map of the page for one frame, and lets the reader move in time and over the map. Nothing is computed
   here but sums of what the page carries. */
(function () {
  "use strict";
  var night = JSON.parse(document.getElementById("night-data").textContent);
  var root = document.getElementById("playback");
  var SHARES = [0.2, 0.4, 0.6, 0.8]; // upper ends of the first four steps of the scale
  var map = root.querySelector("[data-play=map]"), last = night.minutes.length - 1;
  var frame = 0, timer = null, chosen = -1;

  function find(name) { return root.querySelector("[data-play=" + name + "]"); }
  function make(tag, attributes, parent) {
    var made = document.createElementNS(map.namespaceURI, tag);
    for (var name in attributes) { made.setAttribute(name, attributes[name]); }
    if (parent) { parent.appendChild(made); }
    return made;
  }
  function number(n) { return night.thousands ? n.toLocaleString("en-US") : String(n); }
  function fill(text, values) { return text.replace(/\{(\w+)\}/g, function (_, name) { return values[name]; }); }

  /* --- what the page carries ------------------------------------------------------------------------------------ */

  function unpack(text) {
    var counts = [], sum = 0, most = night.alphabet.length - 1;
    for (var i = 0; i < text.length; i++) {
      var value = night.alphabet.indexOf(text[i]);
      sum += value;
      if (value < most) { counts.push(sum); }
    }
    return counts;
  }
  function on(switches, at) { // a state that begins and ends by turns
    var is = false;
    for (var i = 0; i < switches.length && switches[i] <= at; i++) { is = !is; }
    return is;
  }
  function stepped(steps, at) { // frame, count, frame, count …
    var count = 0;
    for (var i = 0; i < steps.length && steps[i] <= at; i += 2) { count = steps[i + 1]; }
    return count;
  }
  function come(event, at) { return !!event && event[0] <= at; }
  night.dots.forEach(function (dot) { dot.told = unpack(dot.told); });

  /* --- the map, drawn once --------------------------------------------------------------------------------------- */

  var view = [0, 0, night.size[0], night.size[1]];
  var layer = {};
  ["roads", "dots", "seats", "labels"].forEach(function (name) { layer[name] = make("g", { "class": "pl-" + name }, map); });
  night.roads.forEach(function (road) {
    road.drawn = make("path", { d: "M" + road[0] + " " + road[1] + "L" + road[2] + " " + road[3] }, layer.roads);
  });
  night.dots.forEach(function (dot, i) {
    var at = night.at[i], group = make("g", { transform: "translate(" + at[0] + " " + at[1] + ")" }, layer.dots);
    dot.ring = make("circle", { "class": "pl-ring", r: at[2] + 2.4 }, group);
    dot.disc = make("circle", { "class": "pl-disc", r: at[2] }, group);
    if (dot.due) { dot.square = make("rect", { x: at[2] - 1, y: -at[2] - 5, width: 6, height: 6, "class": "pl-square" }, group); }
    if (dot.struck) { dot.flag = make("path", { d: "M0 " + (at[2] + 1) + "l5 8h-10z", "class": "pl-struck" }, group); }
    if (dot.asked || dot.helped) { dot.team = make("path", { d: "M" + (-at[2] - 7) + " -4h6v8h-6z", "class": "pl-team" }, group); }
    make("circle", { "class": "pl-touch", r: Math.max(at[2] + 4, 9), "data-dot": i }, group);
    dot.group = group;
  });
  night.labels.forEach(function (label) {
    make("text", { x: label[1], y: label[2] }, layer.labels).textContent = label[0];
    if (night.seats) { make("rect", { x: label[3] - 2.2, y: label[4] - 2.2, width: 4.4, height: 4.4, "class": label[5] ? "open" : "" }, layer.seats); }
  });

  /* --- one frame ------------------------------------------------------------------------------------------------- */

  function step(dot, at) { // which colour of the scale
    var told = dot.told[at];
    if (!told || !dot.h) { return 0; }
    var share = told / dot.h, s = 0;
    while (s < SHARES.length && share >= SHARES[s]) { s++; }
    return s + 1;
  }
  function draw() {
    night.dots.forEach(function (dot) {
      var look = "s" + step(dot, frame) + (on(dot.dark, frame) ? " dark" : "");
      if (dot.due) { look += stepped(dot.safe, frame) >= dot.due ? " safe" : stepped(dot.safe, frame) ? " some" : " due"; }
      if (come(dot.struck, frame)) { look += " struck"; }
      if (come(dot.helped, frame)) { look += " helped"; } else if (come(dot.asked, frame)) { look += " asked"; }
      if (look !== dot.look) { dot.look = look; dot.group.setAttribute("class", look); }
    });
    night.roads.forEach(function (road) {
      if (road[4].length) { road.drawn.setAttribute("class", on(road[4], frame) ? "closed" : ""); }
    });
    night.counts.forEach(function (count) {
      var n = number(count.by_frame[frame]);
      count.shown.textContent = count.of === null ? n : n + " / " + number(count.of);
    });
    find("clock").textContent = night.clocks[frame];
    find("slider").value = frame;
    find("slider").setAttribute("aria-valuetext", night.clocks[frame]);
    tell();
  }
  function tell() {
    if (chosen < 0) { return; }
    var dot = night.dots[chosen], texts = night.texts;
    var said = [fill(texts.told, { place: dot.name, h: number(dot.h), n: number(dot.told[frame]) })];
    var known = ["answered", "below"].filter(function (how) { return come(dot[how], frame); })[0];
    said.push(known ? fill(texts[known], { clock: dot[known][1] }) : texts.silent);
    if (on(dot.dark, frame)) { said.push(texts.dark); }
    if (dot.due) { said.push(fill(texts.moved, { p: number(dot.due), n: number(stepped(dot.safe, frame)) })); }
    if (come(dot.struck, frame)) {
      said.push(fill(texts.struck, { clock: dot.struck[1], n: number(dot.due ? stepped(dot.exposed, frame) : 0) }));
    }
    find("info").textContent = said.join(texts.joint);
  }
  night.counts.forEach(function (count) {
    var row = document.createElement("div");
    row.innerHTML = "<dt></dt><dd></dd>";
    row.firstChild.textContent = count.name;
    count.shown = row.lastChild;
    count.shown.setAttribute("data-count", count.key);
    find("counts").appendChild(row);
  });

  /* --- moving in time -------------------------------------------------------------------------------------------- */

  function go(to) { frame = Math.min(Math.max(to, 0), last); draw(); }
  function stop() { clearInterval(timer); timer = null; find("run").textContent = "▶ " + night.texts.run; }
  function run() {
    if (timer) { stop(); return; }
    if (frame === last) { go(0); }
    find("run").textContent = "❚❚ " + night.texts.pause;
    timer = setInterval(function () { if (frame === last) { stop(); } else { go(frame + 1); } }, +find("speed").value);
  }
  find("run").addEventListener("click", run);
  find("speed").addEventListener("change", function () { if (timer) { stop(); run(); } });
  find("slider").max = last;
  find("slider").addEventListener("input", function () { go(+this.value); });

  /* --- moving over the map --------------------------------------------------------------------------------------- */

  function show() {
    map.setAttribute("viewBox", view.join(" "));
    map.style.setProperty("--k", view[2] / night.size[0]);
  }
  function zoom(factor, x, y) { // x, y: what stays in place, shares of the view
    var width = Math.min(Math.max(view[2] * factor, night.size[0] / 12), night.size[0]);
    var height = width * night.size[1] / night.size[0];
    view[0] += (view[2] - width) * x; view[1] += (view[3] - height) * y;
    view[2] = width; view[3] = height;
    keep();
  }
  function keep() {
    view[0] = Math.min(Math.max(view[0], 0), night.size[0] - view[2]);
    view[1] = Math.min(Math.max(view[1], 0), night.size[1] - view[3]);
    show();
  }
  function whole() { view = [0, 0, night.size[0], night.size[1]]; show(); }
  find("nearer").addEventListener("click", function () { zoom(0.7, 0.5, 0.5); });
  find("farther").addEventListener("click", function () { zoom(1 / 0.7, 0.5, 0.5); });
  find("all").addEventListener("click", whole);
  map.addEventListener("wheel", function (event) {
    var box = map.getBoundingClientRect();
    event.preventDefault();
    zoom(event.deltaY < 0 ? 0.85 : 1 / 0.85, (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
  }, { passive: false });
  var held = null;
  map.addEventListener("pointerdown", function (event) { held = [event.clientX, event.clientY, view[0], view[1]]; });
  window.addEventListener("pointerup", function () { held = null; });
  window.addEventListener("pointermove", function (event) {
    if (!held) { return; }
    var box = map.getBoundingClientRect();
    view[0] = held[2] - (event.clientX - held[0]) * view[2] / box.width;
    view[1] = held[3] - (event.clientY - held[1]) * view[3] / box.height;
    keep();
  });
  function point(event) {
    var dot = event.target.getAttribute && event.target.getAttribute("data-dot");
    if (dot === null || dot === undefined || +dot === chosen) { return; }
    if (chosen >= 0) { night.dots[chosen].group.lastChild.classList.remove("chosen"); }
    chosen = +dot;
    event.target.classList.add("chosen");
    tell();
  }
  map.addEventListener("pointerover", point);
  map.addEventListener("pointerdown", point);
  root.addEventListener("keydown", function (event) {
    if (event.target.tagName === "SELECT" || event.ctrlKey || event.metaKey || event.altKey) { return; }
    var own = event.target.tagName === "INPUT" || event.target.tagName === "BUTTON";
    var does = { "+": function () { zoom(0.7, 0.5, 0.5); }, "=": function () { zoom(0.7, 0.5, 0.5); },
      "-": function () { zoom(1 / 0.7, 0.5, 0.5); }, "0": whole };
    if (event.key === " " && !own) { run(); } else if (!own && event.key === "ArrowRight") { go(frame + 1); }
    else if (!own && event.key === "ArrowLeft") { go(frame - 1); } else if (does[event.key]) { does[event.key](); } else { return; }
    event.preventDefault();
  });
  root.querySelectorAll("[data-layer]").forEach(function (box) {
    function apply() { map.classList.toggle("without-" + box.getAttribute("data-layer"), !box.checked); }
    box.addEventListener("change", apply);
    apply();
  });

  document.documentElement.classList.add("plays");
  stop();
  show();
  // report.html#minute=60 opens the page at that minute after release
  var asked = /^#minute=(-?\d+)$/.exec(location.hash), begin = night.minutes.indexOf(asked ? +asked[1] : 60);
  go(begin < 0 ? last : begin);
})();

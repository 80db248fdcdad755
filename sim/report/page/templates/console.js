/* The console of an exercise: shows a record (DrillRecord), writes into it, keeps it in this browser and in files. */
(function () {
  "use strict";
  var carrier = document.getElementById("console-data");
  var told = JSON.parse(carrier.textContent);
  var texts = told.texts;
  var SOON = 120, OVERDUE = 60, AWAY = 60, HEARTBEAT = 10; // seconds

  function say(key, values) {
    return texts[key].replace(/\{(\w+)\}/g, function (blank, name) { return values[name]; });
  }
  function seconds() { return Date.now() / 1000; }
  function two(n) { return (n < 10 ? "0" : "") + n; }
  function hms(s) { return two(Math.floor(s / 3600)) + ":" + two(Math.floor(s / 60) % 60) + ":" + two(s % 60); }
  function short(s) { return s < 3600 ? Math.floor(s / 60) + ":" + two(s % 60) : hms(s); }
  function dated(wall) {
    var day = new Date(wall * 1000);
    return day.getFullYear() + "-" + two(day.getMonth() + 1) + "-" + two(day.getDate());
  }
  function clock(wall) {
    var day = new Date(wall * 1000);
    return two(day.getHours()) + ":" + two(day.getMinutes()) + ":" + two(day.getSeconds());
  }
  function moment(wall) { return dated(wall) + " " + clock(wall); }

  /* --- kept in this browser ------------------------------------------------------------------------------------------ */
  var PLACE = "jiaoying-console-" + told.kit, CLOCK = PLACE + "-clock", BEAT = PLACE + "-beat", HABITS = PLACE + "-habits";
  var stores = true;
  function keep(place, what) {
    try { localStorage.setItem(place, JSON.stringify(what)); } catch (refused) { stores = false; }
  }
  function kept(place) {
    try { return JSON.parse(localStorage.getItem(place)); } catch (refused) { stores = false; return null; }
  }
  /* A record that is kept. Its acts stand by themselves: a window that only marks time takes nothing back of what another has written down. */
  function remembered(place) {
    var beat = kept(BEAT) || {};
    return DrillRecord.restored({ acts: (kept(place) || {}).acts, last: beat.last, skew: beat.skew });
  }

  /* --- the screen of the players: a clock, and nothing else in the page ---------------------------------------------- */
  function line(kind, text, into) {
    var made = document.createElement(kind);
    made.textContent = text;
    return into.appendChild(made);
  }
  function screen() {
    document.querySelector("main").textContent = "";
    document.title = texts["screen.title"];
    var stamps = document.querySelectorAll(".stamp b");
    stamps[stamps.length - 1].parentNode.removeChild(stamps[stamps.length - 1]); // that it is for controllers only
    var page = line("div", "", document.querySelector("main"));
    page.className = "screen";
    line("span", texts["screen.title"], page);
    var time = line("b", "", page), phase = line("em", "", page);
    function show() {
      var own = remembered(CLOCK) || DrillRecord.begun();
      own = DrillRecord.at(own, seconds());
      time.textContent = hms(DrillRecord.elapsed(own.acts, own.last));
      phase.textContent = stores ? texts["phase." + DrillRecord.phase(own.acts)] : texts["screen.none"];
    }
    show();
    setInterval(show, 250);
  }
  window.addEventListener("hashchange", function () { location.reload(); });
  if (location.hash === "#clock") {
    carrier.parentNode.removeChild(carrier);
    screen();
    return;
  }

  /* --- the console ---------------------------------------------------------------------------------------------------- */
  var root = document.getElementById("console");
  var record = DrillRecord.begun();
  var injects = {}, rows = {}, refreshers = [], chosen = null, unsaved = false, beat = 0;
  told.injects.forEach(function (inject) { injects[inject.id] = inject; });

  function find(name) { return root.querySelector("[data-at=" + name + "]"); }
  function button(text, act, into) {
    var made = line("button", text, into);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }
  function now() { record = DrillRecord.at(record, seconds()); return DrillRecord.elapsed(record.acts, record.last); }
  function written(of) { return DrillRecord.sheet(record.acts)[of] || {}; }
  function hint(text) { find("say").textContent = text; }

  /* Takes what an act has made of the record; returns why it was refused, "" if it was not. */
  function take(result) {
    record = result.record;
    if (!result.problem) {
      unsaved = true;
      store();
      hint("");
      refresh();
    }
    return result.problem;
  }
  function tell(problem) { if (problem) { hint(texts["problem." + problem]); } }
  function store() {
    keep(PLACE, { acts: record.acts });
    keep(CLOCK, { acts: record.acts.filter(function (act) { return act.kind !== "write" && act.kind !== "note"; }) });
    heartbeat();
  }
  function heartbeat() {
    beat = record.last;
    keep(BEAT, { last: record.last, skew: record.skew });
  }

  /* --- times that are typed ------------------------------------------------------------------------------------------- */
  function shown(entry) {
    return told.words[entry.value] || (find("mode").value === "wall" ? clock(entry.wall) : hms(entry.value));
  }
  /* Returns {value}, an exercise time or a word that stands for one, or {problem}. */
  function read(typed, words) {
    var text = typed.trim().replace(/[：.．]/g, ":");
    var word = (words || []).filter(function (own) { return told.words[own] === text; })[0];
    if (word) { return { value: word }; }
    var parts = /^(\d{1,2}):([0-5]\d)(?::([0-5]\d))?$/.exec(text) || /^(\d{1,2})([0-5]\d)([0-5]\d)$/.exec(text);
    if (!parts) { return { problem: "form" }; }
    var time = parts[1] * 3600 + parts[2] * 60 + +(parts[3] || 0);
    if (find("mode").value === "exercise") { return { value: time }; }
    if (parts[1] > 23) { return { problem: "form" }; }
    var day = new Date(record.last * 1000);
    day.setHours(+parts[1], +parts[2], +(parts[3] || 0), 0);
    var wall = Math.floor(day.getTime() / 1000), spans = DrillRecord.spans(record.acts);
    if (!spans.length) { return { problem: "waiting" }; }
    if (wall > record.last && wall - 86400 >= spans[0][0]) { wall -= 86400; } // before midnight
    if (wall > record.last) { return { problem: "future" }; }
    return wall < spans[0][0] ? { problem: "before_start" } : { value: DrillRecord.elapsed(record.acts, wall) };
  }
  function timeField(of, field, label, into, words) {
    var box = line("span", "", into), wrong = line("span", "", into);
    box.className = "line";
    wrong.className = "wrong";
    wrong.setAttribute("role", "alert");
    var input = box.appendChild(document.createElement("input"));
    input.placeholder = texts.hms;
    input.setAttribute("aria-label", label);
    input.setAttribute("data-of", of);
    input.setAttribute("data-field", field);
    input.setAttribute("autocomplete", "off");
    function judged(problem) {
      wrong.textContent = problem ? texts["problem." + problem] : "";
      input.setAttribute("aria-invalid", problem ? "true" : "false");
    }
    function write(one) {
      one.of = of;
      one.field = field;
      judged(take(DrillRecord.write(record, seconds(), [one])));
    }
    function commit() {
      var before = written(of)[field], typed = input.value.trim();
      now();
      if (!typed) { if (before) { write({ value: null }); } else { judged(""); } return; }
      if (before && typed === shown(before)) { judged(""); return; }
      var time = read(typed, words);
      if (time.problem) { judged(time.problem); } else { write({ value: time.value }); }
    }
    input.addEventListener("change", commit);
    input.addEventListener("keydown", function (event) {
      if (event.key === "Enter" && !input.value.trim()) { write({ now: true }); }
    });
    var stamp = button(texts.now, function () { if (!written(of)[field]) { write({ now: true }); } }, box); // what was being typed goes first
    stamp.setAttribute("aria-label", label + " " + texts.now);
    words.forEach(function (word) {
      button(told.words[word], function () { write({ value: word }); }, box).setAttribute("aria-label", label + " " + told.words[word]);
    });
    refreshers.push(function () {
      var own = written(of)[field];
      stamp.disabled = !!own; // what is written down is changed in its field only
      if (!own && (document.activeElement === input || input.getAttribute("aria-invalid") === "true")) { return; } // what is being typed
      input.value = own ? shown(own) : "";
      judged("");
    });
  }
  function textField(of, field, label, into, seats) {
    var input = into.appendChild(document.createElement("input"));
    input.maxLength = 200;
    input.setAttribute("aria-label", label);
    input.setAttribute("data-of", of);
    input.setAttribute("data-field", field);
    input.setAttribute("autocomplete", "off");
    if (seats) { input.setAttribute("list", "seats"); input.placeholder = texts.posts_only; }
    input.addEventListener("change", function () {
      tell(take(DrillRecord.write(record, seconds(), [{ of: of, field: field, value: input.value.trim() }])));
    });
    refreshers.push(function () {
      if (document.activeElement !== input) { input.value = (written(of)[field] || { value: "" }).value; }
    });
  }

  /* --- injects -------------------------------------------------------------------------------------------------------- */
  /* The state of an inject: a class, and words that say the same. */
  function stateOf(inject, time, own, started) {
    if (own.done) {
      return ["is-done", typeof own.done.value === "number" ? say("state.done", { time: shown(own.done) }) : say("state.done_word", { word: shown(own.done) })];
    }
    if (own.given) { return ["is-given", say("state.given", { time: shown(own.given) })]; }
    if (own.declined) { return ["declined", texts[inject.kind === "conditional" ? "state.declined" : "state.left_out"]]; }
    if (inject.at_s === null) { return ["reserve", texts["state.reserve"]]; }
    if (!started) { return ["planned", say("state.planned", { time: hms(inject.at_s) })]; }
    var left = inject.at_s - time, asks = inject.kind === "conditional";
    if (left > SOON) { return ["planned", say("state.left", { left: short(left) })]; }
    if (left > 0) { return ["soon", say("state.soon", { left: short(left) })]; }
    if (left > -OVERDUE) { return asks ? ["ask", texts["state.ask"]] : ["due-now", texts["state.due"]]; }
    return ["overdue", say(asks ? "state.ask_overdue" : "state.overdue", { left: short(-left) })];
  }
  function isOpen(inject, all) { var own = all[inject.id] || {}; return !own.given && !own.declined; }
  var timed = told.injects.filter(function (inject) { return inject.at_s !== null; })
    .sort(function (one, other) { return one.at_s - other.at_s; });
  var inOrder = timed.concat(told.injects.filter(function (inject) { return inject.at_s === null; }));
  function waiting(all) { return timed.filter(function (inject) { return isOpen(inject, all); }); }
  function give(id) {
    var wanted = [{ of: id, field: "declined", value: null }, { of: id, field: "given", now: true }];
    if (find("by_hand").checked) { wanted.push({ of: id, field: "received", now: true }); }
    if (written(id).given) { tell("given"); return; }
    choose(id);
    tell(take(DrillRecord.write(record, seconds(), wanted)));
  }
  function decline(id) {
    if (DrillRecord.phase(record.acts) === "waiting") { tell("waiting"); return; }
    tell(take(DrillRecord.write(record, seconds(), [{ of: id, field: "declined", value: true }])));
  }
  function shownInjects() {
    var seat = find("seat").value, show = find("show").value, all = DrillRecord.sheet(record.acts);
    return inOrder.filter(function (inject) {
      return (!seat || inject.seats.indexOf(seat) >= 0) && (!show || (show === "open" ? isOpen(inject, all) : inject.kind === show));
    });
  }
  var listed = "";
  function list() {
    var into = find("list"), headed = false, wanted = shownInjects(), ids = wanted.map(function (inject) { return inject.id; }).join();
    if (ids === listed) { return; } // so that the keyboard stays where it is
    listed = ids;
    into.textContent = "";
    rows = {};
    wanted.forEach(function (inject) {
      if (inject.at_s === null && !headed) { headed = true; line("h3", texts.reserve, line("li", "", into)); }
      var row = button("", function () { choose(inject.id); }, line("li", "", into));
      line("b", inject.id, row);
      line("time", inject.at_s === null ? "" : hms(inject.at_s), row);
      line("span", inject.to.join(texts.joint) || inject.responsible, row).className = "to";
      line("span", inject.text, row).className = "short";
      row.setAttribute("data-inject", inject.id);
      rows[inject.id] = { row: row, state: line("span", "", row) };
      rows[inject.id].state.className = "state";
    });
  }
  function states() {
    var time = now(), all = DrillRecord.sheet(record.acts), started = DrillRecord.phase(record.acts) !== "waiting", due = [];
    inOrder.forEach(function (inject) {
      var state = stateOf(inject, time, all[inject.id] || {}, started);
      if (["due-now", "ask", "overdue"].indexOf(state[0]) >= 0) { due.push(inject.id); }
      if (!rows[inject.id]) { return; }
      rows[inject.id].row.className = state[0] + (inject.id === chosen ? " chosen" : "");
      put(rows[inject.id].state, state[1]);
    });
    call(due);
    return { time: time, next: waiting(all).filter(function (inject) { return inject.at_s > time; })[0] };
  }
  /* Calls what is due: each by its number, a condition with its question. */
  var called = "", pressed = false;
  function call(due) {
    var into = find("due");
    if (pressed || due.join() === called) { return; }
    called = due.join();
    into.textContent = due.length ? texts.due : "";
    due.filter(function (id) { return !injects[id].condition; }).forEach(function (id) { caller(id, into); });
    due.filter(function (id) { return injects[id].condition; }).forEach(function (id) {
      var question = line("span", "", into);
      question.className = "asks";
      caller(id, question);
      line("span", say("condition", { text: injects[id].condition }), question);
      button(texts.holds, function () { give(id); }, question);
      button(texts.fails, function () { decline(id); }, question);
    });
  }
  function caller(id, into) {
    button(id, function () { tab("injects"); choose(id); }, into).setAttribute("data-due", id);
  }
  function put(element, text) { if (element.textContent !== text) { element.textContent = text; } }

  function choose(id) {
    if (id === chosen) { return; }
    chosen = id;
    card();
    refresh();
    if (rows[id]) { rows[id].row.scrollIntoView({ block: "nearest" }); }
    if (window.innerWidth < 900) { find("card").scrollIntoView(); } // it stands below the list there
  }
  var cardRefreshers = 0;
  function card() {
    var into = find("card"), inject = injects[chosen];
    refreshers.length = cardRefreshers; // those of the card before
    into.textContent = "";
    if (!inject) { line("p", texts.choose, into); return; }
    line("h2", say("of_kind", { id: inject.id, kind: inject.kind_name }), into);
    if (inject.at_s !== null) { line("p", say("plan", { time: hms(inject.at_s), night: night(inject.at_s) }), into).className = "when"; }
    line("p", say("route", { source: inject.source, to: inject.to.join(texts.joint) || inject.responsible, means: inject.means }), into);
    if (inject.condition) { line("p", say("condition", { text: inject.condition }), into).className = "if"; }
    var aloud = line("p", inject.text, into);
    aloud.className = "aloud";
    aloud.setAttribute("aria-label", texts.aloud);
    var acts = line("p", "", into);
    acts.className = "acts";
    var conditional = inject.kind === "conditional";
    var gives = button(conditional ? texts.holds : texts.give, function () { give(inject.id); }, acts);
    gives.className = "main";
    gives.setAttribute("data-give", inject.id);
    var fails = button(conditional ? texts.fails : texts.leave_out, function () { decline(inject.id); }, acts);
    var again = button(conditional ? texts.judge_again : texts.take_in, function () {
      tell(take(DrillRecord.write(record, seconds(), [{ of: inject.id, field: "declined", value: null }])));
    }, acts);
    button(texts.following, function () { var next = waiting(DrillRecord.sheet(record.acts))[0]; if (next) { choose(next.id); } }, acts);
    var fields = line("div", "", into);
    fields.className = "fields";
    ["given", "received", "done"].forEach(function (field) {
      var label = line("div", "", fields), named = say("field_of", { id: inject.id, field: texts[field] });
      line("label", "", label).appendChild(document.createElement("span")).textContent = texts[field];
      timeField(inject.id, field, named, label, { given: [], received: ["unknown"], done: ["never", "unknown"] }[field]);
    });
    [["by", "by"], ["remark", "wide"]].forEach(function (pair) {
      var label = line("label", "", fields);
      label.className = pair[1];
      line("span", texts[pair[0]], label);
      textField(inject.id, pair[0], say("field_of", { id: inject.id, field: texts[pair[0]] }), label, pair[0] === "by");
    });
    var more = line("dl", "", into);
    ["expected", "evaluator", "responsible", "limit", "step"].forEach(function (key) {
      if (inject[key]) { line("dt", texts[key], more); line("dd", inject[key], more); }
    });
    refreshers.push(function () {
      var own = written(inject.id);
      gives.disabled = !!own.given;
      fails.hidden = inject.at_s === null;
      fails.disabled = !!(own.given || own.declined);
      again.hidden = !own.declined;
    });
  }

  /* --- clocks --------------------------------------------------------------------------------------------------------- */
  function night(time) {
    var xs = told.exercise_s, ys = told.night_s, k = 0;
    while (k < xs.length - 2 && xs[k + 1] <= time) { k += 1; }
    var wide = xs[k + 1] - xs[k], share = wide > 0 ? Math.min(Math.max((time - xs[k]) / wide, 0), 1) : 1;
    var at = Math.floor(told.night_of_day_s + ys[k] + share * (ys[k + 1] - ys[k])), days = Math.floor(at / 86400);
    var text = hms(at - days * 86400);
    return days === 0 ? text : days === 1 ? say("clock.next_day", { time: text }) : say("clock.later_day", { time: text, n: days + 1 });
  }
  function tick() {
    var shows = states(), phase = DrillRecord.phase(record.acts), next = shows.next;
    put(find("clock"), hms(shows.time));
    put(find("phase"), texts["phase." + phase]);
    put(find("night"), night(shows.time));
    put(find("wall"), clock(record.last));
    put(find("next"), next ? say("next", { id: next.id, left: short(next.at_s - shows.time) }) : texts["next.none"]);
    var turn = root.querySelector("[data-do=turn]");
    put(turn, texts["turn." + phase]);
    root.querySelector("[data-do=end]").disabled = phase !== "running" && phase !== "paused";
    if (phase === "running" && record.last - beat >= HEARTBEAT) { heartbeat(); }
  }
  function refresh() {
    refreshers.forEach(function (own) { own(); });
    list();
    noted();
    tick();
  }
  function turn() {
    var kind = { waiting: "start", running: "pause", paused: "resume", ended: "resume" }[DrillRecord.phase(record.acts)];
    tell(take(DrillRecord.turn(record, seconds(), kind)));
  }

  /* --- key times and notes -------------------------------------------------------------------------------------------- */
  function moments() {
    told.moments.forEach(function (moment) {
      var row = find("moments").insertRow();
      [moment.what, moment.role, moment.limit].forEach(function (text) { row.insertCell().textContent = text; });
      var cell = row.insertCell();
      cell.className = "at";
      timeField(moment.id, "at", say("field_of", { id: moment.what, field: texts.at }), cell, ["never", "unknown"]);
      ["by", "remark"].forEach(function (field) {
        textField(moment.id, field, say("field_of", { id: moment.what, field: texts[field] }), row.insertCell(), field === "by");
      });
    });
  }
  function noted() {
    var into = find("noted");
    into.textContent = "";
    DrillRecord.notes(record.acts).forEach(function (act) { line("li", hms(act.at) + "（" + clock(act.wall) + "） " + act.text, into); });
  }

  /* --- what leaves the page ------------------------------------------------------------------------------------------- */
  function wallOf(own, field) { return !own[field] ? "" : told.words[own[field].value] || moment(own[field].wall); }
  function textOf(own, field) { return own[field] ? own[field].value : ""; }
  function clockRows() {
    var spans = DrillRecord.spans(record.acts), phase = DrillRecord.phase(record.acts), found = [], open = spans.length ? spans[spans.length - 1][1] : null;
    spans.forEach(function (span, k) {
      if (k === 0) { found.push(["started", span[0]]); } else { found.push(["paused_" + k, spans[k - 1][1]], ["resumed_" + k, span[0]]); }
    });
    if (open !== null && phase === "paused") { found.push(["paused_" + spans.length, open]); }
    if (open !== null && phase === "ended") { found.push(["ended", open]); }
    return found.map(function (row, k) {
      return { number: k + 1, what: told.clock_rows[row[0]] || row[0], at: moment(row[1]), remark: "", id: row[0] };
    });
  }
  /* The sheets of the workbook of actual times, with their columns by key, and what only the console knows. */
  function tables() {
    var all = DrillRecord.sheet(record.acts);
    return {
      injects: told.injects.map(function (inject) {
        var own = all[inject.id] || {};
        return {
          id: inject.id, inject: inject.text, role: inject.responsible, planned: inject.planned, received: wallOf(own, "received"), done: wallOf(own, "done"),
          by: textOf(own, "by"), remark: textOf(own, "remark"), given: wallOf(own, "given"), declined: !!own.declined,
          exercise_s: { given: timeOf(own, "given"), received: timeOf(own, "received"), done: timeOf(own, "done") }
        };
      }),
      key_times: told.moments.map(function (moment, k) {
        var own = all[moment.id] || {};
        return {
          number: k + 1, what: moment.what, role: moment.role, limit: moment.limit_min, at: wallOf(own, "at"), by: textOf(own, "by"),
          remark: textOf(own, "remark"), id: moment.id, exercise_s: { at: timeOf(own, "at") }
        };
      }),
      clock: clockRows()
    };
  }
  function timeOf(own, field) { return own[field] && typeof own[field].value === "number" ? own[field].value : null; }
  function saved() {
    now();
    var made = tables();
    return {
      format: "jiaoying-console", version: 1, kit: told.kit, title: told.title, saved: moment(record.last),
      injects: made.injects, key_times: made.key_times, clock: made.clock,
      notes: DrillRecord.notes(record.acts).map(function (act) { return { at: moment(act.wall), exercise_s: act.at, text: act.text }; }),
      record: record
    };
  }
  function csv() {
    var made = tables(), lines = [];
    function cell(value) {
      var text = value === null || value === undefined ? "" : String(value);
      if (/^[=+\-@\t\r]/.test(text)) { text = "'" + text; } // no formula in a spreadsheet
      return /[",\r\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
    }
    ["injects", "key_times", "clock"].forEach(function (key) {
      var columns = told.sheets[key].columns;
      lines.push([told.sheets[key].name], columns.map(function (column) { return column[1]; }));
      made[key].forEach(function (row) { lines.push(columns.map(function (column) { return row[column[0]]; })); });
      lines.push([]);
    });
    return "\ufeff" + lines.map(function (row) { return row.map(cell).join(","); }).join("\r\n");
  }
  function download(name, text, type) {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: type }));
    link.download = name;
    document.body.appendChild(link).click();
    document.body.removeChild(link);
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 60000);
    hint(say("saved", { file: name }) + lacking());
  }
  /* What the debrief will ask for: injects neither given nor left out, or given and not said when done, and key times. */
  function lacking() {
    var all = DrillRecord.sheet(record.acts);
    var ids = told.injects.filter(function (inject) {
      var own = all[inject.id] || {};
      return own.given ? !own.done : inject.kind === "timeline" && !own.declined;
    }).map(function (inject) { return inject.id; });
    var moments = told.moments.filter(function (one) { return !(all[one.id] || {}).at; }).length;
    return (ids.length ? " " + say("lacking.injects", { ids: ids.join(texts.joint) }) : "") + (moments ? " " + say("lacking.moments", { n: moments }) : "");
  }
  function stamp() { return moment(record.last).replace(/[-:]/g, "").replace(" ", "-"); }
  function save() {
    var text = JSON.stringify(saved(), null, 1);
    download(say("file", { time: stamp() }), text, "application/json");
    unsaved = false;
  }
  function open(text) {
    var found = null;
    try { found = JSON.parse(text); } catch (broken) { found = null; }
    var read = found && found.format === "jiaoying-console" ? DrillRecord.restored(found.record) : null;
    if (!read) { tell("file"); return; }
    if (found.kit !== told.kit) { tell("other_kit"); return; }
    if (record.acts.length && !window.confirm(texts.replace)) { return; }
    read.skew = 0; // of another computer's clock
    begin(read, "opened");
  }

  /* --- on paper ------------------------------------------------------------------------------------------------------- */
  function grid(head, body, into) {
    var table = line("table", "", into), top = table.createTHead().insertRow();
    head.split("|").forEach(function (text) { line("th", text, top); });
    var rest = table.createTBody();
    body.forEach(function (cells) {
      var row = rest.insertRow();
      cells.forEach(function (text) { row.insertCell().textContent = text; });
    });
    return table;
  }
  function paper() {
    var into = document.querySelector("[data-at=record]"), all = DrillRecord.sheet(record.acts), made = tables();
    function both(own, field) {
      return !own[field] ? "" : told.words[own[field].value] || hms(own[field].value) + " / " + clock(own[field].wall);
    }
    into.textContent = "";
    line("h1", told.title + " · " + texts["record.title"], into);
    grid(texts["record.head"], told.injects.map(function (inject) {
      var own = all[inject.id] || {};
      return [inject.id, inject.text, inject.at_s === null ? "" : hms(inject.at_s), own.declined ? texts["state.left_out"] : both(own, "given"),
        both(own, "received"), both(own, "done"), textOf(own, "by"), textOf(own, "remark")];
    }), into);
    if (told.moments.length) {
      grid(texts["record.moments"], told.moments.map(function (moment) {
        var own = all[moment.id] || {};
        return [moment.what, moment.role, moment.limit, both(own, "at"), textOf(own, "by"), textOf(own, "remark")];
      }), into).className = "of-moments";
    }
    grid(texts["record.clocks"], made.clock.map(function (row) { return [row.what, row.at]; }), into);
    grid(texts["record.notes"], DrillRecord.notes(record.acts).map(function (act) { return [hms(act.at), clock(act.wall), act.text]; }), into);
  }

  /* --- the beginning -------------------------------------------------------------------------------------------------- */
  function begin(read, how) {
    var away = DrillRecord.at(read, seconds()).last - read.last;
    record = read;
    store();
    refresh();
    hint(say(how, { time: moment(read.last) }));
    if (DrillRecord.phase(record.acts) === "running" && away > AWAY) {
      line("span", say("was_away", { left: short(away) }), find("say"));
      button(say("take_off", { left: short(away) }), function () { tell(take(DrillRecord.back(record, seconds(), away))); }, find("say"));
    }
  }
  var does = {
    turn: turn,
    end: function () { tell(take(DrillRecord.turn(record, seconds(), "end"))); },
    undo: function () { tell(take(DrillRecord.undo(record, seconds()))); },
    save: save,
    tables: function () { now(); download(say("file.tables", { time: stamp() }), csv(), "text/csv"); },
    open: function () { find("file").click(); },
    print: function () { window.print(); },
    large: function () { this.setAttribute("aria-pressed", String(document.documentElement.classList.toggle("large"))); },
    back_to: function () {
      var time = now(), wanted = read(find("back_to").value);
      tell(wanted.problem || (wanted.value >= time ? "clock" : take(DrillRecord.back(record, seconds(), time - wanted.value))));
    }
  };
  Array.prototype.forEach.call(root.querySelectorAll("[data-do]"), function (one) {
    one.addEventListener("click", does[one.getAttribute("data-do")]);
  });
  Array.prototype.forEach.call(root.querySelectorAll("[data-back]"), function (one) {
    one.addEventListener("click", function () { tell(take(DrillRecord.back(record, seconds(), +one.getAttribute("data-back")))); });
  });
  Array.prototype.forEach.call(root.querySelectorAll("[data-tab]"), function (one) {
    one.addEventListener("click", function () { tab(one.getAttribute("data-tab")); });
  });
  function tab(name) {
    Array.prototype.forEach.call(root.querySelectorAll("[data-tab]"), function (one) {
      one.setAttribute("aria-pressed", String(one.getAttribute("data-tab") === name));
    });
    Array.prototype.forEach.call(root.querySelectorAll("[data-view]"), function (one) { one.hidden = one.getAttribute("data-view") !== name; });
  }
  find("note_form").addEventListener("submit", function (event) {
    var field = find("note");
    event.preventDefault();
    if (field.value.trim()) { tell(take(DrillRecord.note(record, seconds(), field.value.trim()))); field.value = ""; }
  });
  find("file").addEventListener("change", function () {
    var reader = new FileReader(), field = this;
    reader.onload = function () { open(reader.result); field.value = ""; };
    if (field.files[0]) { reader.readAsText(field.files[0]); }
  });
  ["seat", "show"].forEach(function (name) { find(name).addEventListener("change", refresh); });
  ["mode", "by_hand"].forEach(function (name) {
    find(name).addEventListener("change", function () {
      keep(HABITS, { mode: find("mode").value, by_hand: find("by_hand").checked });
      refresh();
    });
  });
  var keys = {
    p: turn, u: does.undo, s: save,
    g: function () { if (chosen) { give(chosen); } },
    r: function () { stampNow("received"); },
    d: function () { stampNow("done"); },
    n: function () { tab("notes"); find("note").focus(); },
    arrowdown: function () { step(1); }, arrowup: function () { step(-1); }
  };
  function stampNow(field) {
    if (!chosen) { return; }
    if (written(chosen)[field]) { tell("there"); return; }
    tell(take(DrillRecord.write(record, seconds(), [{ of: chosen, field: field, now: true }])));
  }
  function step(by) {
    var order = shownInjects().map(function (inject) { return inject.id; }), at = order.indexOf(chosen);
    if (order.length) { choose(order[Math.min(Math.max(at + by, 0), order.length - 1)]); }
  }
  document.addEventListener("keydown", function (event) {
    var key = event.key.toLowerCase();
    if (event.ctrlKey || event.altKey || event.metaKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) || !keys[key]) { return; }
    event.preventDefault();
    if (!event.repeat || /^arrow/.test(key)) { keys[key](); } // a key held down is pressed once
  });
  /* Nothing moves under the mouse between press and click, or the click would be lost: what is called waits, and a field is left by the click. */
  function onButton(event) { return event.button === 0 && event.target.closest("button, summary, a"); }
  root.addEventListener("mousedown", function (event) {
    if (onButton(event)) { pressed = true; event.preventDefault(); }
  });
  ["mouseup", "blur"].forEach(function (kind) { window.addEventListener(kind, function () { pressed = false; }); });
  root.addEventListener("click", function (event) { if (event.detail && onButton(event)) { document.activeElement.blur(); } }, true); // not by a key
  window.addEventListener("storage", function (event) { // another window of this console
    var read = event.key === PLACE ? remembered(PLACE) : null;
    if (read && JSON.stringify(read.acts) !== JSON.stringify(record.acts)) { record = read; refresh(); }
  });
  window.addEventListener("beforeunload", function (event) {
    if (!stores && unsaved) { event.preventDefault(); event.returnValue = ""; }
  });
  window.addEventListener("beforeprint", paper);

  told.seats.forEach(function (seat) {
    line("option", seat.title, find("seat")).value = seat.id;
    line("option", "", document.getElementById("seats")).value = seat.title;
  });
  var habits = kept(HABITS);
  if (habits) { find("mode").value = habits.mode; find("by_hand").checked = habits.by_hand; }
  moments();
  cardRefreshers = refreshers.length;
  document.documentElement.classList.add("console-runs");
  root.hidden = false;
  var before = remembered(PLACE);
  var first = waiting(DrillRecord.sheet((before || record).acts))[0] || told.injects[0];
  if (first) { chosen = first.id; }
  card();
  if (before && before.acts.length) { begin(before, "restored"); } else { store(); refresh(); }
  if (!stores) { hint(texts.no_storage); }
  setInterval(tick, 250);
})();

/* What an exercise leaves behind, as a list of acts, and the clock that follows from it. No page, no clock of its own: every act brings its moment.

   Moments (wall) are whole seconds since 1970, exercise times whole seconds since the exercise began. A pause counts for nothing; setting the
   clock back means that the exercise had stood still since then. It never goes back behind a time that is written down. */
var DrillRecord = (function () {
  "use strict";
  var ORDER = ["given", "received", "done"]; // of one inject, never the other way round

  function begun() { return { acts: [], last: 0, skew: 0 }; }

  /* The record with its own moment of now: should the computer's clock be set back meanwhile, the record's goes on from where it was. */
  function at(record, now) {
    var wall = Math.floor(now) + record.skew;
    return { acts: record.acts, last: Math.max(wall, record.last), skew: record.skew + Math.max(record.last - wall, 0) };
  }

  /* When the exercise ran: spans of [from, to], the last one open (to = null) while it runs. */
  function spans(acts) {
    return acts.reduce(function (ran, act) {
      if (act.kind === "start" || act.kind === "resume") { return ran.concat([[act.wall, null]]); }
      if (act.kind === "pause" || act.kind === "end") { return closed(ran, act.wall); }
      if (act.kind !== "back") { return ran; }
      var runs = ran.length > 0 && ran[ran.length - 1][1] === null;
      var left = trimmed(closed(ran, act.wall), act.by);
      return runs ? left.concat([[act.wall, null]]) : left;
    }, []);
  }
  function closed(ran, wall) {
    return ran.map(function (span) { return span[1] === null ? [span[0], wall] : span; });
  }
  function trimmed(ran, by) {
    var left = [], more = by;
    for (var k = ran.length - 1; k >= 0; k -= 1) {
      var off = Math.min(more, ran[k][1] - ran[k][0]);
      more -= off;
      if (k === 0 || more === 0) { left.unshift([ran[k][0], ran[k][1] - off]); } // when it began stays known
    }
    return left;
  }

  /* Exercise time of a moment. */
  function elapsed(acts, wall) {
    return spans(acts).reduce(function (sum, span) {
      var to = span[1] === null ? wall : Math.min(span[1], wall);
      return sum + Math.max(to - span[0], 0);
    }, 0);
  }
  /* The moment at which the clock first showed an exercise time. */
  function moment(acts, time) {
    var ran = spans(acts), left = time;
    for (var k = 0; k < ran.length; k += 1) {
      if (ran[k][1] === null || left <= ran[k][1] - ran[k][0]) { return ran[k][0] + left; }
      left -= ran[k][1] - ran[k][0];
    }
    return null;
  }
  function phase(acts) {
    var now = "waiting";
    acts.forEach(function (act) {
      now = { start: "running", resume: "running", pause: "paused", end: "ended" }[act.kind] || now;
    });
    return now;
  }

  /* What is written down: {of: {field: {value, wall}}}; the last word counts, and what was wiped is not there. */
  function sheet(acts) {
    var all = {};
    acts.forEach(function (act) {
      (act.sets || []).forEach(function (set) {
        var own = all[set.of] = all[set.of] || {};
        if (set.value === null || set.value === "") { delete own[set.field]; } else { own[set.field] = { value: set.value, wall: set.wall }; }
      });
    });
    return all;
  }
  function notes(acts) { return acts.filter(function (act) { return act.kind === "note"; }); }

  /* The latest time written down: the clock may not stand before it. */
  function floor(acts) {
    var all = sheet(acts), latest = 0;
    Object.keys(all).forEach(function (of) {
      Object.keys(all[of]).forEach(function (field) {
        if (typeof all[of][field].value === "number") { latest = Math.max(latest, all[of][field].value); }
      });
    });
    return notes(acts).reduce(function (most, act) { return Math.max(most, act.at); }, latest);
  }

  /* Why a value may not be written into a field; "" where it may. */
  function objection(acts, set, now) {
    var own = sheet(acts)[set.of] || {}, place = ORDER.indexOf(set.field);
    if (set.field === "declined") { return own.given && set.value !== null ? "given" : ""; }
    if (set.field === "given" && set.value === null) { return own.received || own.done ? "wipe_later" : ""; }
    if (set.value !== null && place > 0 && !own.given) { return "not_given"; }
    if (typeof set.value !== "number") { return ""; }
    if (phase(acts) === "waiting") { return "waiting"; }
    if (set.value < 0 || set.value > now) { return "future"; }
    for (var k = 0; k < ORDER.length && place >= 0; k += 1) {
      var other = own[ORDER[k]];
      if (other && k < place && set.value < other.value) { return "before_" + ORDER[k]; }
      if (other && k > place && set.value > other.value) { return "after_" + ORDER[k]; }
    }
    return "";
  }

  function added(record, act) {
    return { acts: record.acts.concat([act]), last: record.last, skew: record.skew };
  }
  function refused(record, problem) { return { record: record, problem: problem }; }
  function done(record, act) { return { record: added(record, act), problem: "" }; }

  /* The clock: start, pause, resume, end. */
  var FROM = { start: ["waiting"], pause: ["running"], resume: ["paused", "ended"], end: ["running", "paused"] };
  function turn(record, now, kind) {
    var own = at(record, now);
    return FROM[kind].indexOf(phase(own.acts)) < 0 ? refused(own, "clock") : done(own, { kind: kind, wall: own.last });
  }
  /* The clock shows `by` seconds less, but never less than the latest time written down. */
  function back(record, now, by) {
    var own = at(record, now), most = elapsed(own.acts, own.last) - floor(own.acts), off = Math.min(Math.floor(by), most);
    return off > 0 ? done(own, { kind: "back", by: off, wall: own.last }) : refused(own, "back");
  }
  /* Fields of what they are about: [{of, field, value}], or {of, field, now: true} for this very moment; a number is an exercise time, and for a
     time there may stand a word (never, unknown). */
  function write(record, now, wanted) {
    var own = at(record, now), time = elapsed(own.acts, own.last), runs = phase(own.acts) === "running", sets = [], problem = "";
    wanted.forEach(function (one) {
      var set = { of: one.of, field: one.field, value: one.now ? time : one.value };
      if (typeof set.value === "number") { set.wall = one.now && runs ? own.last : moment(own.acts, set.value); } // never within a pause
      problem = problem || objection(own.acts.concat([{ kind: "write", sets: sets }]), set, time);
      sets.push(set);
    });
    return problem ? refused(own, problem) : done(own, { kind: "write", wall: own.last, sets: sets });
  }
  function note(record, now, text) {
    var own = at(record, now);
    return done(own, { kind: "note", wall: own.last, at: elapsed(own.acts, own.last), text: text });
  }
  /* Takes back the last thing written down, or the last time that the clock was set back; start, pause and end stay. */
  var UNDONE = ["write", "note", "back"];
  function undo(record, now) {
    var own = at(record, now);
    for (var k = own.acts.length - 1; k >= 0; k -= 1) {
      if (UNDONE.indexOf(own.acts[k].kind) >= 0) {
        return { record: { acts: own.acts.slice(0, k).concat(own.acts.slice(k + 1)), last: own.last, skew: own.skew }, problem: "" };
      }
    }
    return refused(own, "undo");
  }

  /* The record that somebody saved; null for anything else. */
  var KINDS = ["start", "pause", "resume", "end", "back", "write", "note"];
  function restored(saved) {
    if (!saved || !Array.isArray(saved.acts)) { return null; }
    var last = 0;
    var sound = saved.acts.every(function (act) {
      var fits = act && KINDS.indexOf(act.kind) >= 0 && act.wall >= last &&
        (act.kind !== "write" || Array.isArray(act.sets)) && (act.kind !== "back" || act.by > 0);
      last = fits ? act.wall : last;
      return fits;
    });
    return sound ? { acts: saved.acts, last: Math.max(last, saved.last || 0), skew: saved.skew || 0 } : null;
  }

  return {
    restored: restored, begun: begun, at: at, spans: spans, elapsed: elapsed, moment: moment, phase: phase, sheet: sheet, notes: notes, floor: floor,
    turn: turn, back: back, write: write, note: note, undo: undo
  };
})();

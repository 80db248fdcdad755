/* Lists the events of the night by kind and by words that the reader looks for. */
(function () {
  "use strict";
  var told = JSON.parse(document.getElementById("events-data").textContent);
  var root = document.getElementById("timeline");
  var AT_ONCE = 200;
  var limit = AT_ONCE;

  function find(name) { return root.querySelector("[data-line=" + name + "]"); }
  function list() {
    var kind = +find("kind").value, wanted = find("search").value.trim().toLowerCase();
    var rows = told.rows.filter(function (row) {
      return (kind < 0 || row[0] === kind) &&
        (!wanted || (told.places[row[2]] + " " + told.texts[row[3]]).toLowerCase().indexOf(wanted) >= 0);
    });
    var body = find("rows");
    body.textContent = "";
    rows.slice(0, limit).forEach(function (row) {
      var line = body.insertRow();
      [row[1], told.places[row[2]], told.texts[row[3]]].forEach(function (text) { line.insertCell().textContent = text; });
    });
    find("more").hidden = rows.length <= limit;
    find("shown").textContent = find("shown").getAttribute("data-text")
      .replace("{n}", rows.length).replace("{m}", Math.min(limit, rows.length));
  }
  function anew() { limit = AT_ONCE; list(); }
  find("kind").addEventListener("change", anew);
  find("search").addEventListener("input", anew);
  find("more").addEventListener("click", function () { limit += AT_ONCE; list(); });
  document.documentElement.classList.add("plays");
  list();
})();

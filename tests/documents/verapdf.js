// Asks veraPDF about many files in one start of Java. Runs in the Rhino shell that comes in veraPDF's own jar.
// Standard input: one check a line, the flavour ("3a", "ua1"), a tab, the file. Standard output: one JSON object for each.
var Pdf = Packages.org.verapdf, io = java.io;
Pdf.gf.foundry.VeraGreenfieldFoundryProvider.initialise();
var foundry = Pdf.pdfa.Foundries.defaultInstance();

function brokenRules(assertions) {
  var rules = {};
  for (var each = assertions.iterator(); each.hasNext();) {
    var found = each.next(), rule = found.getRuleId();
    rules[rule.getClause() + "-" + rule.getTestNumber()] = String(found.getMessage());
  }
  return rules;
}

function judged(flavour, file) {
  var wanted = Pdf.pdfa.flavours.PDFAFlavour.byFlavourId(flavour);
  var parser = foundry.createParser(new io.FileInputStream(file), wanted);
  try {
    var result = foundry.createValidator(wanted, false).validate(parser);
    return {
      compliant: Boolean(result.isCompliant()),
      checks: Number(result.getTotalAssertions()),
      broken: brokenRules(result.getTestAssertions()),
    };
  } finally {
    parser.close();
  }
}

var lines = new io.BufferedReader(new io.InputStreamReader(java.lang.System["in"], "UTF-8"));
for (var line = lines.readLine(); line !== null; line = lines.readLine()) {
  var asked = String(line).split("\t");
  print(JSON.stringify(judged(asked[0], asked[1])));
}

//! What `optout filter --help` shows behind the options.

pub(super) const HELP: &str = "\x1b[1;4mRequest file:\x1b[0m
  [disclosure]                    # as `optout assess --help` shows; or `flow` and `on`
  [evidence.copi-reg-5]           # for each assertion that needs it
  reference = \"24/CAG/0001\"
  from = 2026-01-01
  until = 2027-01-01

  [register]                      # the national check, made by `optout check read`; several as
                                  #    [[register]], of which the latest answer counts
  file = \"register\"
  max-age-days = 14

  [type1]                         # coded entries, from which the Type 1 status follows; these and
                                  #    the lists are .csv or .tsv, also .gz .zst
  entries = \"events.csv\"
  patient = \"nhs_number\"          # columns, each by name or position
  code = \"code\"
  date = \"date\"
  dates = \"iso\"                   # or iso-basic (20260601), day-month-year (01/06/2026),
                                  #    day-month-name (01-Jun-2026)
  practice = \"practice\"
  system = \"read-v2\"              # or ctv3, snomed-ct; or `system-column` and `systems`; of several
                                  #    columns (code = [\"read_2\", \"read_3\"]) one for each
  unreadable-codes-at-most = 5.0  # per cent of the rows; this when left out, and at most 50
  practices-read = [\"A81001\"]     # whose records are here in full; or a file:
                                  #    { file = \"practices.csv\", column = \"code\" }
  no-type1-at = [\"B82002\"]        # those of them that truly have no Type 1 entry
                                  # `may-be-empty = true` if these practices have no entries at
                                  #    all; a list that may have nobody on it takes it too

  [type1.registrations]           # who is registered where
  file = \"patients.csv\"
  patient = \"nhs_number\"
  practice = \"practice\"
  until = \"end_date\"              # the last day, empty while it goes on; or, in [type1],
                                  #    `all-registered-on` and `all-registered-max-age-days`
  died = { column = \"died\", set = [\"Y\"], clear = [\"N\"] }   # if the data say so

  [[list]]                        # people, and what being listed means
  of = \"type1-dissenters\"         # or type1-non-dissenters, national-opted-out, national-clear,
  file = \"type1.csv\"              #    programme-opted-out, programme-clear, consenters,
  others = \"none\"                 #    care-objectors
  column = \"nhs_number\"           # name or position; the first when left out
  header = [\"nhs_number\"]         # the first row as it stands, or false: must be said of any file
                                  #    with a column by position

  [people]                        # when left out: by NHS number; an empty field is withheld
  named-by = \"nhs-number\"         # or \"key\", with lists of the same keys, each of which somebody
                                  #    is on, or `may-match-nobody = true`
  no-nhs-number = true            # an empty field means that there is no number to be had
  no-nhs-number-at-most = 2.0     # per cent of the rows
  invalid-at-most = 5             # per cent of the rows of a table in which something else stands
                                  #    where a person should be named; more stops it
  empty-at-most = 50              # per cent of a column that names people; more stops it
  may-match-nobody = true         # no source may know anybody in a table
  similar-keys-differ = true      # keys that differ only in capitals, zeros in front, `.0`,
                                  #    hyphens or braces are of two people; else one of a list stops it

  [[table]]                       # .csv .tsv, also .gz .zst; .parquet
  file = \"hes-apc.csv\"
  person = \"NEWNHSNO\"             # name or position, or a list of them
  line-breaks = true              # quoted text may hold lines that read as rows, which else stop it

\x1b[1;4mExamples:\x1b[0m
  optout filter request.toml --on today --out released
  optout filter request.toml --dry-run --compare cprd opensafely
  optout audit verify released/audit.json

\x1b[1;4mExit status:\x1b[0m
  0 the folder stands under its name, whole   2 nothing does

  --force replaces a release, recognised by its audit record, and nothing else.
  A signal stops a run, which then leaves nothing; a second one ends it at once. A run that is killed
  leaves nothing but a hidden folder beside the final name, which the next run names.
  A request file is 1 MiB at most.";

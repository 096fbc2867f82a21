# shellcheck shell=sh disable=SC2154
# The words of commands that fail, for whoever has to mend it.
said=$run/said

# heard COMMAND…: runs it; where it fails its own words are kept apart, so that they are what is told
heard() {
	"$@" >"$said" 2>&1
	heard_code=$?
	cat "$said"
	[ $heard_code -ne 0 ] || : >"$said"
	return $heard_code
}

# The words of what failed: those of the last command that was heard, or what this step has printed. From the first
# complaint on, for apt tells its plan before it.
last_output() {
	if [ -s "$said" ]; then cat "$said"; else tail -c "+$((step_from + 1))" "$here/output" 2>/dev/null | tail -n 12; fi |
		tr -d '\000-\010\013-\037' | grep -v '^debconf: \|^(Reading database' >"$run/words"
	words=$(awk '/^(E|Err[:0-9]*|W|dpkg|sh|mv|cp|rm|mkdir): |[Hh]eld packages|unmet dependencies|No space left|[Ff]ailed|cannot/ { on = 1 } on' \
		"$run/words" | head -c 600)
	[ -n "$words" ] || words=$(tail -c 600 "$run/words")
	printf '%s' "$words"
}

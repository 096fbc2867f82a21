function cap_of(u, n,  c) {
	if (u == 0 || (u in paused_user)) return "-"
	split((u in cap) ? cap[u] : cap["*"], c, ":")
	return (c[n] == "") ? "-" : c[n]
}
function is_counted(u) { return cap_of(u, 1) cap_of(u, 2) cap_of(u, 3) != "---" }
function is_above(number, limit) { return limit != "-" && number > limit }
function know(u) {
	if (!(u in pace)) { users[++user_count] = u; hour[u] = this_hour; day[u] = today; let_hour[u] = accepted[u] = refused[u] = let_day[u] = 0; pace[u] = usual; slow[u] = 0; kind[u] = "-"; since[u] = 0; held[u] = 0; first[u] = "-"; last[u] = "-" }
}
function stop(u, why, id) {
	if (kind[u] == "-") { kind[u] = last[u] = why; since[u] = now; held[u] = 0; first[u] = "-" }
	keep(u, id)
}
function keep(u, id) {
	if (id == "") return
	held[u]++
	if (first[u] == "-") first[u] = id
}
function let(u, n) { let_hour[u] += n; let_day[u] += n }
function leave(id) { if (is[id] == "way" || is[id] == "gone") way[user[id]] -= left[id]; forget(id) }
function forget(id) { delete user[id]; delete left[id]; delete is[id]; delete seen[id] }
function at_door(id,  u) {
	u = user[id]
	if (is[id] != "new") return
	if (kind[u] != "-") { keep(u, id); forget(id) } else { is[id] = "turn"; slow[u] = now; order[++orders] = id }
}
# a message is held at once: it is for a person, or for its turn
function above(u, why, id, n) { stop(u, why, ""); is[id] = "above"; left[id] = n; order[++orders] = id }
function turn(u, id, n) { is[id] = "turn"; left[id] = n; slow[u] = now; order[++orders] = id; is_queued[id] }
function what_is_above(u, n) {
	return is_above(let_day[u] + n, cap_of(u, 2)) ? "day" : is_above(let_hour[u] + n, cap_of(u, 1)) ? "hour" : ""
}
BEGIN {
	# on their way at once, before there is any pace to go by
	usual = (paced == "no") ? 1000000000 : 50
	this_hour = int(now / 3600); today = int(now / 86400)
	n = split(caps, c, " ")
	for (i = 1; i <= n; i++) { u = c[i]; sub(/:.*/, "", u); l = c[i]; sub(/^[^:]*:/, "", l); cap[u] = l }
	n = split(paused, c, " ")
	for (i = 1; i <= n; i++) paused_user[c[i]]
}
reading == 1 && $1 == "u" {
	u = $2; know(u)
	hour[u] = $3; let_hour[u] = $4; accepted[u] = $5; refused[u] = $6; day[u] = $7; let_day[u] = $8
	pace[u] = $9; slow[u] = $10; kind[u] = $11; since[u] = $12; held[u] = $13; first[u] = $14; last[u] = $15
	was_at_door[u] = slow[u] || kind[u] != "-"
	if (hour[u] != this_hour) { hour[u] = this_hour; let_hour[u] = accepted[u] = refused[u] = 0; if (kind[u] != "day") kind[u] = "-" }
	if (day[u] != today) { day[u] = today; let_day[u] = 0; kind[u] = "-" }
}
reading == 1 && $1 == "m" {
	user[$2] = $3; left[$2] = $4; is[$2] = $5; seen[$2] = $6
	if ($5 == "way" || $5 == "gone") way[$3] += $4
	if ($5 == "turn") order[++orders] = $2
}
reading == 1 { next }
$0 == "\001" { next }
/\001$/ { partial = length($0) - 1; next }
{ bytes += length($0) + 1 }
{ id = $6; sub(/:$/, "", id) }
$5 ~ /\/pickup\[/ && $7 ~ /^uid=[0-9]+$/ {
	u = substr($7, 5)
	# one that is queued anew is no new one: Postfix says so of its own files only, and in a sender of a site it is nothing but text
	former = (u == owner && $NF ~ /^orig_id=/) ? substr($NF, 9) : ""
	if (former in user) { user[id] = user[former]; left[id] = left[former]; is[id] = "later"; seen[id] = now; forget(former); next }
	if (former != "" || !is_counted(u)) next
	know(u); user[id] = u; left[id] = 1; is[id] = "new"; seen[id] = now
	next
}
$5 ~ /\/smtpd\[/ && $7 ~ /^(info|hold):$/ && $8 ~ /^(DATA|BDAT)$/ {
	if (!match($0, /: (info|hold): (DATA|BDAT) from [^ ]+: (<[A-Z]+>: [A-Za-z]+ command )?uid=[0-9]+;/)) next
	u = substr($0, RSTART, RLENGTH); sub(/.*uid=/, "", u); sub(/;/, "", u)
	if (!is_counted(u)) next
	know(u); user[id] = u; left[id] = 1; is[id] = "new"; seen[id] = now
	if ($7 == "hold:") { if ($0 ~ /: (<[A-Z]+>: [A-Za-z]+ command )?uid=[0-9]+; by its cap; from=</) at_door(id); else forget(id) }
	next
}
# the filter of routes holds for more than one reason: it stays for a person
$5 ~ /\/cleanup\[/ && $7 == "milter-hold:" && (id in user) { if (kind[user[id]] != "-") keep(user[id], id); forget(id); next }
$5 ~ /\/cleanup\[/ && $7 == "hold:" {
	if (!(id in user)) next
	# held by another rule: not ours to let go
	if ($0 ~ /: held by its cap$/) at_door(id); else forget(id)
	next
}
$5 ~ /\/qmgr\[/ && / \(queue active\)$/ {
	if (!(id in user)) next
	u = user[id]
	if (is[id] == "stopped") { forget(id); next }
	if (is[id] == "turn") { if (!(id in is_queued)) forget(id); next }
	if (is[id] ~ /^(later|way)$/) next
	n = $0; sub(/ \(queue active\)$/, "", n); sub(/.*, nrcpt=/, "", n); n += 0
	more = (is[id] == "gone") ? n - left[id] : n
	if (kind[u] != "-" && is[id] == "new") { above(u, kind[u], id, n); next }
	why = what_is_above(u, more)
	if (why != "") { if (is[id] == "gone") { let(u, -left[id]); way[u] -= left[id] } above(u, why, id, n); next }
	if (is[id] == "new" && way[u] > 0 && way[u] + n > pace[u]) { turn(u, id, n); next }
	let(u, more); way[u] += more; left[id] = n; is[id] = "way"
	next
}
/, relay=.*, dsn=[0-9.]+, status=[A-Za-z-]+ \(/ {
	if (!(id in user) || $7 !~ /^to=</) next
	u = user[id]
	match($0, /, dsn=[0-9.]+, status=[A-Za-z-]+ \(/)
	s = substr($0, RSTART, RLENGTH); sub(/.*status=/, "", s); sub(/ .*/, "", s)
	if (is[id] == "way") { way[u]--; left[id]--; done[u]++ }
	# it left before this was read: that much more was let through
	if (is[id] ~ /^(above|turn)$/) { let(u, 1); done[u]++; if (--left[id] <= 0) is[id] = "later" }
	else if (is[id] == "stopped") { let(u, 1); held[u]--; forget(id); next }
	if (s == "sent") accepted[u]++
	else if (s == "bounced") refused[u]++
	else if (is[id] == "way") { way[u] -= left[id]; left[id] = 0; is[id] = "later" }
	next
}
# gone, or held by a person
$5 ~ /\/(qmgr|postsuper)\[/ && (id in user) && ($7 == "removed" || ($0 ~ /: placed on hold$/ && is[id] !~ /^(turn|stopped)$/)) { leave(id) }
END {
	for (k = 1; k <= user_count; k++) {
		u = users[k]
		share = cap_of(u, 3); all = accepted[u] + refused[u]
		if (share != "-" && kind[u] == "-" && refused[u] >= 10 && refused[u] * 100 > share * all) {
			stop(u, "refused", "")
			for (id in user) if (user[id] == u && (is[id] == "way" || is[id] == "later")) { print id >hold; keep(u, id); leave(id) }
		}
		if (slow[u] && kind[u] == "-" && may_release == "yes") {
			pace[u] = int(1.5 * done[u])
			if (pace[u] < 10) pace[u] = 10
			if (pace[u] > 1000) pace[u] = 1000
		}
	}
	for (k = 1; k <= orders; k++) {
		id = order[k]
		if (!(id in user) || is[id] !~ /^(turn|above)$/) continue
		u = user[id]
		if (is[id] == "above") { print id >hold; keep(u, id); is[id] = "stopped"; seen[id] = now; continue }
		if (id in is_queued) print id >hold
		if (u in paused_user || !is_counted(u)) { forget(id); continue }
		if (kind[u] == "-") { why = what_is_above(u, left[id]); if (why != "") stop(u, why, "") }
		if (kind[u] != "-") { keep(u, id); forget(id); continue }
		slow[u] = now
		if (may_release == "yes" && !(id in is_queued) && (way[u] <= 0 || way[u] + left[id] <= pace[u])) {
			print id >release
			is[id] = "gone"; seen[id] = now; let(u, left[id]); way[u] += left[id]
		}
	}
	doors = ""
	for (k = 1; k <= user_count; k++) {
		u = users[k]
		if (slow[u] && now - slow[u] > 60) { slow[u] = 0; pace[u] = usual }
		# one more would be above: it is held before it can leave
		if (kind[u] != "-" || slow[u] || what_is_above(u, 1) != "") doors = doors " " u
	}
	print doors " " >door
	print "at", file, at + bytes
	for (k = 1; k <= user_count; k++) {
		u = users[k]
		if ((is_counted(u) && (let_day[u] || slow[u])) || kind[u] != "-" || first[u] != "-") print "u", u, hour[u], let_hour[u], accepted[u], refused[u], day[u], let_day[u], pace[u], slow[u], kind[u], since[u], held[u], first[u], last[u]
	}
	for (k = 1; k <= orders; k++) if (is[order[k]] == "turn") print "m", order[k], user[order[k]], left[order[k]], "turn", seen[order[k]]
	for (id in user) if (is[id] != "turn" && (is[id] !~ /^(new|gone|stopped)$/ || now - seen[id] < 600)) print "m", id, user[id], left[id], is[id], seen[id]
}

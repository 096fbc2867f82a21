#!/bin/sh
# closed:@closed@
# Email Gateway: the Unix users of line 2 (by number) reach mail servers through the gateway only. What they connect to at
# ports 25, 465, 587 and 2525 of other machines is answered with a reset at once, and counted. It is a table of nftables of
# its own: no other table and no file of nftables is touched. Started by systemd before the network is, and after
# nftables.service, which begins by deleting all tables. Who looks after waiting mail calls it with "again" once a minute.
set -u
umask 022
root=${EMAIL_GATEWAY_ROOT:-}
PATH=${EMAIL_GATEWAY_PATH:-/usr/sbin:/usr/bin:/sbin:/bin}
LC_ALL=C
export PATH LC_ALL
table='inet email_gateway'
# what was loaded, as a look compares it: the digest of this file, and the table without its counts
loaded=$root/run/email-gateway-doors
closed=$(sed -n '2s/^# closed://p' "$0")

# in one transaction: there is no moment without it
rules() {
	echo "table $table"
	echo "delete table $table"
	echo "table $table {"
	for uid in $closed; do echo "counter of_$uid { packets 0 bytes 0 }"; done
	echo 'chain closed {'
	for uid in $closed; do echo "meta skuid $uid counter name of_$uid reject with tcp reset"; done
	echo '}'
	echo 'chain output {'
	echo 'type filter hook output priority 0; policy accept;'
	# the gateway, and whatever else is on this server
	echo 'oifname "lo" accept'
	echo 'tcp dport { 25, 465, 587, 2525 } jump closed'
	echo '}'
	echo '}'
}

as_it_is() { sha256sum <"$0"; nft -s list table inet email_gateway; }

# what is right stays, with its counts; a change that goes on loads it itself
if [ "${1:-}" = again ]; then
	flock -n -s "$root/run/email-gateway.lock" true || exit 0
	! as_it_is 2>/dev/null | cmp -s - "$loaded" || exit 0
	logger -p daemon.notice -t email-gateway-doors 'the table was taken away or changed: it is loaded again' 2>/dev/null
fi
rules | nft -f - || exit 1
as_it_is >"$loaded.new" && mv "$loaded.new" "$loaded"

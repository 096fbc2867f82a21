#!/bin/sh
# Email Gateway: says in the mail log which Unix user hands a message over by SMTP. Postfix asks it once for each message
# (check_policy_service), as nobody; it changes nothing, and mail goes on without it.
# A request is lines `name=value`, an empty line ends it. Who has the client's end of the connection, the kernel knows:
# /proc/self/net, for /proc/net is hidden where a unit has ProcSubset=pid.
set -u
LC_ALL=C
export LC_ALL

# as the kernel writes addresses: each group of four bytes in the order of the machine, little end first
hex_addresses() {
	case $1 in
		::1) echo 00000000000000000000000001000000 ;;
		127.*.*.*)
			IFS=. read -r one two three four <<-END
				$1
			END
			hex=$(printf '%02X%02X%02X%02X' "$four" "$three" "$two" "$one" 2>/dev/null) || return 0
			echo "$hex 0000000000000000FFFF0000$hex"
			;;
	esac
}

# established; or the client has said its last word: once it has closed the connection nobody has it, which the kernel
# tells as 0
is_of_user() {
	case $1 in
		01) ;;
		04 | 05) [ "$2" != 0 ] ;;
		*) return 1 ;;
	esac
}

# uid_of ADDRESS PORT: of whoever has that end of an established connection to port 25
uid_of() {
	case $2 in '' | *[!0-9]* | ??????*) return 0 ;; esac
	port=$(printf '%04X' "$2")
	for address in $(hex_addresses "$1"); do
		for table in "${EMAIL_GATEWAY_PROC_NET:-/proc/self/net}/tcp" "${EMAIL_GATEWAY_PROC_NET:-/proc/self/net}/tcp6"; do
			[ -r "$table" ] || continue
			while read -r _ client server state _ _ _ uid _; do
				if [ "$client" = "$address:$port" ] && [ "${server##*:}" = 0019 ] && is_of_user "$state" "$uid"; then
					echo "$uid"
					return 0
				fi
			done <"$table"
		done
	done
}

client_address='' client_port=''
while IFS= read -r line; do
	case $line in
		client_address=*) client_address=${line#*=} ;;
		client_port=*) client_port=${line#*=} ;;
		'')
			uid=$(uid_of "$client_address" "$client_port")
			case $uid in
				'' | *[!0-9]*) printf 'action=DUNNO\n\n' ;;
				*) printf 'action=INFO uid=%s\n\n' "$uid" ;;
			esac
			client_address='' client_port=''
			;;
	esac
done

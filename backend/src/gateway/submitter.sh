#!/bin/sh
# paused:@paused@
# routes:@routes@
# Email Gateway: a policy service of Postfix (SMTPD_POLICY_README). Of each message that comes by SMTP it says into the mail
# log which Unix user sent it, and holds or refuses it where sending of that user is paused (line 2: UID:hold, UID:refuse).
# Where there are routes (line 3: UID=SENDER, and `hold` where users without one are held), it refuses a sender that is not
# the user's own: the sender decides by which account a message leaves.
#   A file names users whose mail email-gateway-caps holds; it is there where users have caps.
# - The kernel tells whose the client's end of the connection is. One whose client is gone has none (inode 0): while
#   anybody is paused, or has a route, such a message is put off, or it would be a way around that.
# - Run as nobody by spawn(8). These lines are read for each message: a connection may be older than a pause.
set -uf
PATH=/usr/bin:/bin
LC_ALL=C
export PATH LC_ALL
# not /proc/net, which is hidden where a unit has ProcSubset=pid
tables=${EMAIL_GATEWAY_PROC_NET:-/proc/self/net}
at_door=${EMAIL_GATEWAY_AT_DOOR:-/var/lib/email-gateway-caps/at-door}

# in_hexadecimal ADDRESS: as /proc/net/tcp writes it; nothing for what is not of this server. Run in a shell of its own.
in_hexadecimal() {
	case $1 in
	::1) echo 00000000000000000000000001000000 ;;
	*[!0-9.]*) ;;
	127.*)
		IFS=.
		# shellcheck disable=SC2086 # four numbers
		set -- $1
		[ $# -ne 4 ] || printf '%02X%02X%02X%02X\n' "$4" "$3" "$2" "$1"
		;;
	esac
}

# owner LOCAL REMOTE: `UID INODE STATE` of the socket between these, patterns of `ADDRESS:PORT` in hexadecimal
owner() {
	# a program may speak IPv4 through a socket of IPv6
	# shellcheck disable=SC2046 # its words
	set -- $(grep -hE " (0000000000000000FFFF0000)?$1 (0000000000000000FFFF0000)?$2 " "$tables/tcp" "$tables/tcp6" 2>/dev/null)
	[ $# -lt 10 ] || echo "$8 ${10} $4"
}

# sender LOCAL REMOTE: the uid; nothing where the client is gone
sender() {
	# shellcheck disable=SC2046 # three words
	set -- "$1" "$2" $(owner "$1" "$2")
	# a client that leaves in this moment may have shown 0, as root does
	# shellcheck disable=SC2046 # three words
	[ "${3:-}" != 0 ] || set -- "$1" "$2" $(owner "$1" "$2")
	if [ $# -ne 5 ] || [ "$4" = 0 ]; then return; fi
	case $5 in
	01) ;;
	# the client has said its last word; once it has closed the connection nobody has it, which the kernel tells as 0
	04 | 05) [ "$3" != 0 ] || return 0 ;;
	*) return ;;
	esac
	main_user "$3"
}

# main_user UID: a user may run programs as one of the numbers that /etc/subuid gives them
main_user() {
	if [ "$1" -ge 65536 ]; then
		while IFS=: read -r name first count; do
			case $first$count in '' | *[!0-9]*) continue ;; esac
			if [ "$1" -lt "$first" ] || [ "$1" -ge $((first + count)) ]; then continue; fi
			case $name in *[!0-9]*) id -u -- "$name" 2>/dev/null ;; *) echo "$name" ;; esac
			return
		done </etc/subuid
	fi
	echo "$1"
}

# may_send UID: whether the sender is one that this user may use
may_send() {
	if [ "$1" = 0 ]; then return; fi
	address=$sender
	case $address in *[A-Z]*) address=$(printf %s "$address" | tr '[:upper:]' '[:lower:]') ;; esac
	case $address in
	'')
		# of nobody: a user with a route has no way for it
		case $routes in *" $1="*) return 1 ;; *) return 0 ;; esac
		;;
	*@*) ;;
	*) address=$address@localhost ;;
	esac
	domain=${address##*@}
	while [ "$domain" != "${domain%.}" ]; do domain=${domain%.}; done
	address=${address%@*}@$domain
	# what Postfix would write in another way, and so take for another sender
	case ${address%@*} in '' | *[!-a-z0-9.#\$\&\'*+/=?^_\`'{|}~']*) return 1 ;; esac
	case $domain in '' | *[!-a-z0-9._]*) return 1 ;; esac
	case $routes in
	*" $1=$address "* | *" $1=@$domain "*) ;;
	*" $1="* | *"=$address "* | *"=@$domain "*) return 1 ;;
	esac
}

# may_come UID: who is over the cap is held
may_come() {
	case $over in
	*" $1 "*) echo "HOLD uid=$1; by its cap" ;;
	*) echo "INFO uid=$1" ;;
	esac
}

decide() {
	{ IFS= read -r paused && IFS= read -r paused && IFS= read -r routes; } <"$0"
	paused="${paused#\# paused:} "
	routes="${routes#\# routes:} "
	over=
	[ ! -e "$at_door" ] || { IFS= read -r over <"$at_door" || over=unread; }
	here=$(in_hexadecimal "$client_address")
	there=$(in_hexadecimal "$server_address")
	case $client_port in '' | *[!0-9]* | ??????*) here='' ;; esac
	case $server_port in '' | *[!0-9]* | ??????*) server_port=25 ;; esac
	uid=
	[ -z "$here" ] ||
		uid=$(sender "$here:$(printf %04X "$client_port")" "${there:-[0-9A-F]+}:$(printf %04X "$server_port")")
	if [ -z "$uid" ]; then
		if [ "$paused$routes$over" = '  ' ]; then
			echo DUNNO
		else
			echo '451 4.3.0 Whose message this is cannot be told now'
		fi
		return
	fi
	if [ "$routes" != ' ' ] && ! may_send "$uid"; then
		echo "554 5.7.1 This sender is not listed for this site (uid=$uid)"
		return
	fi
	case $paused in
	*" $uid:hold "*) echo "HOLD uid=$uid" ;;
	*" $uid:refuse "*) echo '554 5.7.1 Sending of this site is paused' ;;
	*)
		case $routes in
		*" $uid="*) may_come "$uid" ;;
		*' hold '*) if [ "$uid" = 0 ]; then echo "INFO uid=$uid"; else echo "HOLD uid=$uid"; fi ;;
		*) may_come "$uid" ;;
		esac
		;;
	esac
}

forget() { client_address='' client_port='' server_address='' server_port='' sender=''; }
forget
while IFS= read -r line; do
	case $line in
	client_address=*) client_address=${line#*=} ;;
	client_port=*) client_port=${line#*=} ;;
	server_address=*) server_address=${line#*=} ;;
	server_port=*) server_port=${line#*=} ;;
	sender=*) sender=${line#*=} ;;
	'')
		printf 'action=%s\n\n' "$(decide)"
		forget
		;;
	esac
done

# shellcheck shell=sh disable=SC2154
# Copies of what an apply replaces.

# What somebody changed by hand since our last commit is replaced, not lost: a copy stays on the server.
keep_replaced_files() {
	[ -d "$state/origin" ] || return 0
	for path in /etc/postfix/main.cf /etc/postfix/master.cf; do
		was=$state/undo/tree$path
		if [ -f "$was" ] && ! cmp -s "$was" "$root$path" && ! grep -qxF "$(digest_of "$was") $path" "$state/origin/after" 2>/dev/null; then
			keep_copy "$path" || return 1
		fi
	done
	[ ! -e "$state/undo/tree/usr/sbin/sendmail" ] || keep_copy /usr/sbin/sendmail || return 1
	for was in "$state"/undo/tree/etc/postfix/gateway-*/*; do
		case ${was##*/} in
		sasl_passwd | virtual_alias | recipient_canonical | generic | reply_filter | delivery_status | ca.pem | status_filter | header_checks | refused_users | '*') ;;
		*) keep_copy "${was#"$state/undo/tree"}" || return 1 ;;
		esac
	done
}
keep_copy() { # PATH
	copies=$root/var/backups/email-gateway
	mkdir -p "$copies" && chmod 0700 "$copies" || return 1
	cp -a "$state/undo/tree$1" "$copies/$(date -u +%Y%m%dT%H%M%SZ)-${1##*/}"
}

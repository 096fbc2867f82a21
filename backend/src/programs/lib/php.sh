# shellcheck shell=sh disable=SC2154
# How PHP on this server sends mail. Changes nothing.

# php_around: where PHP hands mail to another program than sendmail, or to none: `PROGRAM FILE`, `- FILE`. No more of the
# line: it may hold a password. A script that names sendmail hands on. Only versions that are there: the files of others
# stay behind.
php_around() {
	versions=''
	for folder in "$root"/etc/php/*; do
		[ ! -d "$root/usr/lib/php/${folder##*/}" ] || versions="$versions $folder"
	done
	[ -n "$versions" ] || return 0
	# shellcheck disable=SC2086 # paths of versions
	grep -REisH --include='*.ini' --include='*.conf' --exclude-dir=mods-available \
		'^[[:blank:]]*(php(_admin)?_value(\[|[[:blank:]]+))?(sendmail_path|disable_functions.*[^_[:alnum:]]mail([^_[:alnum:]]|$))' \
		$versions "$root/etc/apache2/sites-enabled" 2>/dev/null | while IFS=: read -r file line; do
		program=-
		case $line in *sendmail_path*)
			program=$(echo "$line" | sed "s/^.*sendmail_path[]\"'=[:blank:]]*\([^\"';[:blank:]]*\).*/\1/")
			! calls_sendmail "$program" || continue
			;;
		esac
		echo "$program ${file#"$root"}"
	done | sort -u
}
calls_sendmail() {
	case $1 in '' | sendmail | /usr/sbin/sendmail | /usr/lib/sendmail) return 0 ;; esac
	[ "$(head -c 2 "$root$1" 2>/dev/null | tr -d '\000')" = '#!' ] && grep -q sendmail "$root$1"
}

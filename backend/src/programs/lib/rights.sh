# shellcheck shell=sh disable=SC2154
# Owners and permissions that the package of Postfix gives. Changes nothing.

# lost_rights: what sites hand mail over with and the folders that Postfix works in, where these are others now: a script
# that hardens takes the one, a chown too many the other.
lost_rights() {
	for path in /usr/sbin/postdrop /usr/sbin/postqueue; do
		[ -g "$root$path" ] && [ "$(stat -c %G "$root$path")" = postdrop ] || echo "$path"
	done
	for rights in 1730:maildrop 2710:public; do
		[ "$(stat -c %a:%U:%G "$spool/${rights#*:}" 2>/dev/null)" = "${rights%:*}:postfix:postdrop" ] || echo "${spool#"$root"}/${rights#*:}"
	done
	for name in active bounce corrupt defer deferred flush hold incoming private saved trace; do
		[ ! -d "$spool/$name" ] || [ "$(stat -c %U "$spool/$name")" = postfix ] || echo "${spool#"$root"}/$name"
	done
}

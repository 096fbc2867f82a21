# shellcheck shell=sh disable=SC2154
# Owners and permissions that the package of Postfix gives. Changes nothing.

# lost_rights: what sites hand mail over with and the folders that Postfix works in, where these are others now: a script
# that hardens takes the one, a chown too many the other. Releases of Debian differ in bits that matter to nobody, and
# the folders are there from the first start on only.
lost_rights() {
	for path in /usr/sbin/postdrop /usr/sbin/postqueue; do
		is_granted "$root$path" root -2010 || echo "$path"
	done
	[ ! -d "$spool/maildrop" ] || is_granted "$spool/maildrop" postfix -030 || echo "${spool#"$root"}/maildrop"
	[ ! -d "$spool/public" ] || is_granted "$spool/public" postfix -010 || echo "${spool#"$root"}/public"
	for name in active bounce corrupt defer deferred flush hold incoming private saved trace; do
		[ ! -d "$spool/$name" ] || [ "$(stat -c %U "$spool/$name")" = postfix ] || echo "${spool#"$root"}/$name"
	done
}

# is_granted PATH OWNER BITS: whether it is of that owner and the group postdrop, with at least those bits
is_granted() { [ -n "$(find "$1" -maxdepth 0 -user "$2" -group postdrop -perm "$3" 2>/dev/null)" ]; }

"""The room's problems and actions as sentences."""

from django.utils.translation import gettext_lazy as _

from duanju_web.shared.problems import Sentence

SENTENCES: dict[str, Sentence] = {
    "deals.policy-version-changed": (
        _("%(policy)s version %(version)s is in the library with other contents."),
        _("A published version never changes: give the new contents a higher version."),
    ),
    "deals.offer-already-answered": (
        _("This offer has already been answered or taken back."),
        _("Load the page again to see what became of it."),
    ),
    "deals.offer-expired": (
        _("This offer could be accepted until %(day)s."),
        _("Ask the platform to make it again."),
    ),
    "deals.offer-never-valid": (
        _("The last day to accept lies in the past."),
        _("Choose today or a later day."),
    ),
    "deals.amendment-day-missing": (
        _("The amendment says no day from which it holds."),
        _("Choose its first day, or let it hold for the whole deal."),
    ),
    "deals.too-many-amendments": (
        _("There are %(max)s amendments of this deal already."),
        _("Sign a new deal with all that holds now."),
    ),
    "deals.reason-missing": (
        _("A refusal needs a reason."),
        _("One sentence is enough; the platform reads it."),
    ),
    "deals.title-of-another": (
        _("One of the titles belongs to another studio."),
        _("Choose titles of the studio that you make the offer to."),
    ),
    "deals.too-many-titles": (
        _("An offer holds at most %(max)s titles."),
        _("Divide them among several offers."),
    ),
    "deals.title-covered": (
        _("“%(title)s” is already covered by deal %(deal)s for the same measure in these days."),
        _("Take the title out, or choose days on which the other deal does not hold."),
    ),
    "deals.missing-parameter": (
        _("“%(parameter)s” has no value."),
        _("Fill it in: without it the policy cannot be computed."),
    ),
    "deals.unknown-parameter": (
        _("The policy has no “%(parameter)s”."),
        _("Leave it out."),
    ),
    "deals.not-an-option": (
        _("“%(value)s” is not one of the options of “%(parameter)s”."),
        _("Choose one of: %(options)s."),
    ),
    "deals.not-a-share": (
        _("“%(value)s” is no share."),
        _("Write a percentage from 0%% to 100%%, or a number from 0 to 1."),
    ),
    "deals.not-an-amount": (
        _("“%(value)s” is no amount."),
        _("Write a number that is not negative, such as 1.50."),
    ),
    "deals.not-a-factor": (
        _("“%(value)s” is no factor."),
        _("Write a number to multiply by that is not negative, such as 1.2."),
    ),
    "deals.not-a-count": (
        _("“%(value)s” is no count."),
        _("Write a whole number that is not negative."),
    ),
    "deals.role-unfilled": (
        _("Nobody is named as %(role)s."),
        _("Choose an organisation, or write a name."),
    ),
    "deals.no-such-organisation": (
        _("The organisation for %(role)s is not here."),
        _("Choose another, or write a name."),
    ),
    "deals.fact-already-told": (
        _("Fact %(number)s said %(quantity)s of the same."),
        _("Tick that it corrects what was recorded before."),
    ),
    "deals.too-many-facts": (
        _("At most %(max)s facts are recorded at once."),
        _("Divide the table."),
    ),
    "deals.title-not-in-deal": (
        _("Title “%(title)s” is not in this deal."),
        _("Name a title of the deal by its number or its short name."),
    ),
    "deals.measured-by-itself": (
        _("“%(measure)s” is measured from what viewers did."),
        _("Record only which part of it was found to be fraud."),
    ),
    "deals.file-too-large": (
        _("The file is larger than %(max)s MB."),
        _("Divide the table."),
    ),
    "deals.too-many-drafts": (
        _("There are %(max)s drafts already."),
        _("Publish some of them, or throw some away."),
    ),
    "deals.draft-changed": (
        _("%(by)s has changed this draft meanwhile; what you wrote is not saved yet."),
        _("Keep your page open, look at the draft in another, and then write again what is left."),
    ),
    "deals.draft-too-long": (
        _("The draft is too long: at most %(max)s."),
        _("Divide it into several policies."),
    ),
    "deals.policy-id-taken": (
        _("Another policy is called “%(policy)s”."),
        _("Give this one another short name."),
    ),
    "deals.no-title": (_("No title is chosen."), _("Choose at least one.")),
    "deals.ends-before-it-starts": (
        _("The last day lies before the first."),
        _("Choose a later last day, or leave it empty for an open end."),
    ),
    "deals.policy-not-in-force": (
        _("%(policy)s version %(version)s cannot be signed on %(signed_on)s."),
        _("Choose the version that is in force on the day of signing."),
    ),
    "deals.pays-out-more-than-comes-in": (
        _("The shares and fees together are more than what comes in."),
        _("Lower a share or a fee until they come to 100%% or less."),
    ),
    "documents.not-a-number": (
        _("What stands here is no number."),
        _("Write a number such as 1.50, a fraction such as 1/3, or a percentage such as 12%%."),
    ),
    "deals.other-currency": (
        _("“%(title)s” earned %(found)s, but the deal divides %(currency)s."),
        _("Sign a deal for that currency, or settle the rest without this deal."),
    ),
    "deals.channel-without-rate": (
        _("“%(title)s” earned through a channel whose fee the deal does not set."),
        _("Agree with the studio on the channel's fee in a new deal."),
    ),
    "deals.double-claim": (
        _("Deals %(deal)s and %(other)s both cover title %(title)s."),
        _("End one of them before the other begins."),
    ),
}

ACTIONS = {
    "deals.import-policy": _("added a policy to the library"),
    "deals.begin-draft": _("began a draft of a policy"),
    "deals.change-draft": _("changed a draft of a policy"),
    "deals.discard-draft": _("threw away a draft of a policy"),
    "deals.publish-policy": _("published a policy"),
    "deals.record-facts": _("recorded facts"),
    "deals.make-offer": _("made an offer"),
    "deals.withdraw-offer": _("withdrew an offer"),
    "deals.decline-offer": _("declined an offer"),
    "deals.accept-offer": _("accepted an offer and signed the deal"),
    "deals.propose-amendment": _("proposed an amendment"),
    "deals.withdraw-amendment": _("withdrew an amendment"),
    "deals.decline-amendment": _("declined an amendment"),
    "deals.accept-amendment": _("agreed to an amendment"),
}

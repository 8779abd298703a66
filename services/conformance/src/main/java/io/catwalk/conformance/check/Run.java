package io.catwalk.conformance.check;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.catwalk.conformance.model.Subject;

/** Runs checks in turn. */
public final class Run {
    private final Subject subject;
    private final Set<Protocol> demanded;

    /** @param demanded protocols of which the server must offer each section */
    public Run(Subject subject, Set<Protocol> demanded) {
        this.subject = subject;
        this.demanded = Set.copyOf(demanded);
    }

    /** The results, in the order of the sections and their checks. */
    public List<CheckResult> of(List<Section> sections) {
        return sections.stream().flatMap(section -> of(section).stream()).toList();
    }

    private List<CheckResult> of(Section section) {
        Look offer = look(section.offer());
        if (offer.verdict() == Verdict.NOT_OFFERED && demanded.contains(section.protocol())) {
            offer = new Look(Verdict.FAIL, offer.seen());
        }
        List<CheckResult> results = new ArrayList<>();
        for (Check check : section.checks()) {
            Look look = offer.verdict() == Verdict.PASS ? look(check.probe()) : offer;
            results.add(new CheckResult(section, check, look.verdict(), look.seen()));
        }
        return results;
    }

    private Look look(Probe probe) {
        try {
            return new Look(Verdict.PASS, probe.look(subject));
        } catch (NotOfferedException e) {
            return new Look(Verdict.NOT_OFFERED, e.getMessage());
        } catch (DeviationException e) {
            return new Look(Verdict.FAIL, e.getMessage());
        } catch (IOException e) {
            return new Look(Verdict.FAIL, "no answer: " + e);
        } catch (RuntimeException e) {
            // An answer in a form that no check foresees must not end the others.
            return new Look(Verdict.FAIL, "the answer can't be read: " + e);
        }
    }

    private record Look(Verdict verdict, String seen) {}
}

package dev.patchbay.effects.internal.calendar;

import dev.patchbay.connections.spi.BindingRule;
import dev.patchbay.effects.CalendarRules;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Refuses settings of calendars under which nothing could be offered as their author means it. */
@Component
class CalendarBindingRule implements BindingRule {

    private static final String MIDNIGHT = "24:00";

    CalendarBindingRule() {}

    @Override
    public String port() {
        return "calendar";
    }

    @Override
    public List<String> findProblems(JsonNode settings) {
        List<String> problems = new ArrayList<>();
        JsonNode hours = settings.path("hours");
        if (hours.has("week") && (hours.has("days") || hours.has("from") || hours.has("to"))) {
            problems.add("/hours: give either week, or days with from and to");
        }
        if (hours.has("from") != hours.has("to")) {
            problems.add("/hours: from and to belong together");
        }
        addPeriodProblems(problems, "/hours", List.of(hours));
        hours.path("week")
                .properties()
                .forEach(day -> addPeriodProblems(
                        problems,
                        "/hours/week/" + day.getKey(),
                        day.getValue().valueStream().toList()));
        hours.path("dates")
                .properties()
                .forEach(date -> addPeriodProblems(
                        problems,
                        "/hours/dates/" + date.getKey(),
                        date.getValue().valueStream().toList()));
        addDateProblems(problems, settings);
        return problems.isEmpty() ? parse(settings) : problems;
    }

    /** A period that ends before it begins passes midnight; one that ends when it begins is a mistake. */
    private static void addPeriodProblems(List<String> problems, String pointer, List<JsonNode> periods) {
        List<JsonNode> complete = periods.stream()
                .filter(period -> period.has("from") && period.has("to"))
                .sorted(Comparator.comparing(period -> text(period, "from")))
                .toList();
        for (JsonNode period : complete) {
            if (text(period, "from").equals(text(period, "to"))
                    || text(period, "from").equals(MIDNIGHT)) {
                problems.add(pointer + ": a period ends after it begins; a whole day is 00:00 to 24:00");
            }
        }
        for (int next = 1; next < complete.size(); next++) {
            JsonNode before = complete.get(next - 1);
            boolean passesMidnight = text(before, "to").compareTo(text(before, "from")) < 0;
            if (passesMidnight || text(before, "to").compareTo(text(complete.get(next), "from")) > 0) {
                problems.add(pointer + ": two periods overlap");
            }
        }
    }

    private static void addDateProblems(List<String> problems, JsonNode settings) {
        int position = 0;
        for (JsonNode closed : settings.path("closed")) {
            String pointer = "/closed/" + position++;
            List<String> written =
                    closed.isString() ? List.of(closed.asString()) : List.of(text(closed, "from"), text(closed, "to"));
            if (!written.stream().allMatch(CalendarBindingRule::isDate)) {
                problems.add(pointer + ": there is no such day");
            } else if (written.getFirst().compareTo(written.getLast()) > 0) {
                problems.add(pointer + ": it ends before it begins");
            }
        }
        settings.at("/hours/dates").properties().stream()
                .filter(date -> !isDate(date.getKey()))
                .forEach(date -> problems.add("/hours/dates/" + date.getKey() + ": there is no such day"));
    }

    private static boolean isDate(String text) {
        try {
            LocalDate.parse(text);
            return true;
        } catch (DateTimeException none) {
            return false;
        }
    }

    private static String text(JsonNode from, String name) {
        return from.path(name).asString("");
    }

    private static List<String> parse(JsonNode settings) {
        try {
            CalendarRules.parse(settings);
            return List.of();
        } catch (DateTimeException | IllegalArgumentException senseless) {
            return List.of(": " + senseless.getMessage());
        }
    }
}

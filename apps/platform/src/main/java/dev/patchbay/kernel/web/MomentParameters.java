package dev.patchbay.kernel.web;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.Converter;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Reads moments and days in parameters, written in ISO 8601 and in years that the database can store. */
@Configuration(proxyBeanMethods = false)
class MomentParameters implements WebMvcConfigurer {

    @Override
    public void addFormatters(FormatterRegistry registry) {
        registry.addConverter(String.class, Instant.class, (Converter<String, Instant>)
                text -> RequestBounds.checkMoment("the moment", Instant.parse(text.strip())));
        registry.addConverter(String.class, LocalDate.class, (Converter<String, LocalDate>)
                text -> RequestBounds.checkMoment("the day", LocalDate.parse(text.strip())));
        registry.addConverter(
                String.class, YearMonth.class, (Converter<String, YearMonth>) text -> YearMonth.parse(text.strip()));
    }
}

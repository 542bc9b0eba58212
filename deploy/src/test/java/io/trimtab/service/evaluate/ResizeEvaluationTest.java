package io.trimtab.service.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResizeEvaluationTest {
    private final Evaluator evaluator = Evaluator.create();

    @Test
    void answersTheExampleOfTheInterface() {
        String document = """
            {"id":"i","containers":[{"name":"c","request":{"cpu":"2"},"target":{"cpu":"10"},"lower":{"cpu":"1"},"upper":{"cpu":"12"}}],"age":"13h"}\
            """;
        assertThat(evaluator.answer("resize", document)).hasToString("""
            {"id":"i","act":true,"scaleUp":true,"outsideRange":false,"resourceDifference":4.0,\
            "reasons":[{"code":"DiffersEnough","message":"requests differ from targets by 400% in sum, at least 10%",\
            "difference":4.0,"needed":0.1}]}\
            """);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        containers              | {'age':'1h'}
        containers[1].name      | {'containers':[{'name':'c'},{'name':'c'}]}
        containers[0].limit     | {'containers':[{'name':'c','limit':{}}]}
        containers[0].target.cpu | {'containers':[{'name':'c','target':{'cpu':'lots'}}]}
        containers[0].lower.gpu | {'containers':[{'name':'c','lower':{'gpu':'1'}}]}
        age                     | {'containers':[],'age':'old'}
        """)
    void refuses(String path, String document) {
        assertThat(evaluator
                        .answerOrError("resize", document.replace('\'', '"'))
                        .at("/error/path")
                        .textValue())
                .isEqualTo(path);
    }
}

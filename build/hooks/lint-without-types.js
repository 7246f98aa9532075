/** ESLint configuration for the pre-commit hook: without type information, which takes many seconds to load. */
import ts from 'typescript-eslint'
import everything from '../../eslint.config.js'

export default [...everything, ts.configs.disableTypeChecked]

import './own-globals.js';
import './define.js';
